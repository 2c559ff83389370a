/** Which pieces of information a resource holds, and in which form a request may see it. */
export { classOf, classSystem } from './classes.ts';
export { labelsOf, labelSystem } from './labels.ts';
export { piecesOf, type Filing } from './pieces.ts';
export { isOpen, refusalOf } from './refusal.ts';
export {
  isDoneHere,
  sightOf,
  type Asked,
  type Done,
  type Sight,
  type SourcesOf,
  type Verdict,
} from './sight.ts';
export { onlyElements, withoutLocation } from './withhold.ts';
