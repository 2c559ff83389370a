export * from './ask.ts';
export { graphOf, type Graph, type GraphFacts } from './graph.ts';
export { endOf, heirFor, predecessorsOf, replacementsOf } from './heirs.ts';
export { staysOf, type Stay } from './over-time.ts';
