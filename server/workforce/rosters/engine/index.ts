export { feasible } from './feasible.ts';
export { shortages } from './legal.ts';
export { machineOf, type Machine } from './machines.ts';
export { costOf, longest, modelOf, type Model } from './model.ts';
export { Pricer } from './price.ts';
export { bestOf, share, stop } from './board.ts';
export { marginal, priceSurely, Standing } from './standing.ts';
export { windowOf } from './window.ts';
export type { News, Order } from './worker.ts';
