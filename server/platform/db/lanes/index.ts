export { Lanes } from './lanes.ts';
