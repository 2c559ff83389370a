export { createAuditTrail, type AuditNote, type AuditTrail } from './trail.ts';
export { createDurableTrail } from './durable-trail.ts';
export { toAuditEvent } from './fhir/audit-event.ts';
export { Proofs } from './lists/proofs.ts';
export {
  countEvents,
  eraseParticulars,
  eventsBetween,
  eventsOfList,
  organisationsInLog,
  searchEvents,
  type EventFilter,
  type EventRow,
} from './lists/store.ts';
export { logLines } from './log/lines.ts';
export { Keys } from './log/keys.ts';
export { openAuditLog, type AuditLog } from './log/open.ts';
export { lastClosing } from './log/store.ts';
export { actsInWords, inWords, whoseName, type AccessInWords } from './reports/words.ts';
export {
  oddAccesses,
  type Access,
  type Facts,
  type OddAccess,
  type Reason,
  type Tie,
} from './reports/odd.ts';
export { registerAudit } from './routes.ts';
export { verifierAsOneFile } from './single-file.ts';
export type { Happening, Kind, Outcome, Particulars } from './types.ts';
export { askWitnesses } from './witness/ask.ts';
export { addWitness, follow, followedLogs, removeWitness, witnesses } from './witness/store.ts';

// What a reader checks with: it needs nothing else of this room.
export {
  RegisterTree,
  bucketOf,
  checkpointText,
  closingLeaf,
  firstHead,
  isIncluded,
  keyText,
  leafHash,
  readKey,
  sha256,
  subjectKey,
  toBase64,
  toHex,
  type ListBundle,
  type LogLine,
  type Trust,
  type Witnessed,
  verifyList,
  verifyLog,
} from './verifier/index.ts';

// Parts that benches and proofs put together otherwise than the log does.
export { TileEdge, rootOver } from './log/edge.ts';
export { ListEnds } from './log/lists.ts';
export { placeEvents } from './log/place.ts';
export { inclusionRanges, sharedRanges } from './log/ranges.ts';
export { Sequencer } from './log/sequencer.ts';
export { append as stageEvents, eventOf, stagedRows } from './log/stage.ts';
export { Stager } from './log/stager.ts';
export { logState, putTiles, tilesNamed } from './log/store.ts';
export { TileHashes } from './log/tile-hashes.ts';
export { type PlacedEvent, type StagedEvent } from './types.ts';
export { cosign } from './witness/serve.ts';
export { keepCosignature } from './witness/store.ts';
