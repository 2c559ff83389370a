export { createAuditTrail, type AuditNote, type AuditTrail } from './trail.ts';
export { createDurableTrail } from './durable-trail.ts';
export { toAuditEvent } from './fhir/audit-event.ts';
export { Proofs } from './lists/proofs.ts';
export {
  eraseParticulars,
  eventsOfList,
  searchEvents,
  type EventFilter,
  type EventRow,
} from './lists/store.ts';
export { logLines } from './log/lines.ts';
export { Keys } from './log/keys.ts';
export { openAuditLog, type AuditLog } from './log/open.ts';
export { lastClosing } from './log/store.ts';
export { inWords, type AccessInWords } from './reports/words.ts';
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
