export { dayOf } from './calendar.ts';
export { generate, type GenerateOptions, type Progress } from './generate.ts';
export { feedKinds, type FeedKind } from './place/types.ts';
export type { Detail } from './feeds/person-story.ts';
export type { Summary } from './summary.ts';
export {
  demonstrationPersonas,
  feedsFolderOf,
  keepDemonstration,
  readDemonstration,
  registerDemonstration,
  type Demonstration,
} from './demonstration/index.ts';
