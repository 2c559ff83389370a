export { createLiveValidator, type LiveValidator } from './live.ts';
export { createValidator, type Validator } from './validator.ts';
export { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
export type { ValidateOptions } from './run.ts';
