export { askClamd, placeOfScanner, type Place, type Said } from './clamd.ts';
export {
  createFileDoor,
  openFileDoor,
  type Answer,
  type FileDoor,
  type Scanning,
  type Telling,
} from './file-door.ts';
