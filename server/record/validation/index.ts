export { createLiveValidator, type LiveValidator } from './live.ts';
export { createValidator, type Validator } from './validator.ts';
export type { ValidateOptions } from './run.ts';
