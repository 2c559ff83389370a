export {
  fromBase64,
  hashFromBase64,
  isSameBytes,
  joinBytes,
  toBase64,
  toHex,
  uint64,
  utf8,
  type Bytes,
} from './bytes.ts';
export { canonicalJson, type Json } from './canonical.ts';
export {
  closingLeaf,
  commitmentOf,
  eventHash,
  eventLeaf,
  type Closing,
  type LoggedEvent,
  type OpenedText,
} from './event.ts';
export { verifyList, type ListBundle, type ListFinding } from './list.ts';
export { verifyLog, type LogFinding, type LogLine } from './log.ts';
export {
  checkpointText,
  keyIdOf,
  keyText,
  readCheckpoint,
  readKey,
  readNote,
  signatureLine,
  signersOf,
  witnessedText,
  type Checkpoint,
  type Note,
  type NoteKey,
  type NoteSignature,
  type Witnessed,
} from './note.ts';
export { RegisterTree } from './register.ts';
export { sha256 } from './sha256.ts';
export {
  branchHash,
  bucketHash,
  bucketOf,
  entryLength,
  firstHead,
  headIn,
  keyLength,
  mapDepth,
  nextHead,
  nothing,
  subjectKey,
  type ListProof,
  type SubjectKind,
} from './subjects.ts';
export {
  emptyRoot,
  Frontier,
  isExtension,
  isIncluded,
  leafHash,
  nodeHash,
  rootOfSome,
  splitOf,
} from './tree.ts';
export { mustContinue, openCheckpoint, type SignedCheckpoint, type Trust } from './trust.ts';
