export { render } from './render.ts';
export { hear, inherit, joinedTo, type Freshness, type State } from './state.ts';
