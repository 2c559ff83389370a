export { render } from './render.ts';
export { hear, inherit, joinedTo, type Freshness, type News, type State } from './state.ts';
export { stateOfText, textOfState } from './text.ts';
