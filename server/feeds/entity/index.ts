export { render } from './render.ts';
export { hear, mergedInto, type Freshness, type State } from './state.ts';
