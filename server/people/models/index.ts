export { adoptModel, useAdoptedModel } from './adopt.ts';
export { changesBetween, trainingPage, type Change } from './report.ts';
export { adoptions, type Adoption } from './store.ts';
export { trainOnPeople, type Trained } from './train.ts';
