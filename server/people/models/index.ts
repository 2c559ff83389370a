export { adoptModel, useAdoptedModel } from './adopt.ts';
export { changesBetween, trainingPage, warning, type Change } from './report.ts';
export { adoptions, type Adoption } from './store.ts';
export { expectsTooMany, trainOnPeople, type Trained } from './train.ts';
