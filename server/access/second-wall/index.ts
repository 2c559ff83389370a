export {
  openSecondWall,
  openWriter,
  runRole,
  writerRole,
  type AccountParts,
  type SecondWallParts,
} from './open.ts';
export { runRights } from './rights.ts';
export { writerRights } from './writer-rights.ts';
