export * from './ask.ts';
export { graphOf, type Graph, type GraphFacts } from './graph.ts';
export { endOf, heirFor, predecessorsOf, replacementsOf } from './heirs.ts';
