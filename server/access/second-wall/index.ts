export { openSecondWall, runRole, type SecondWallParts } from './open.ts';
export { runRights } from './rights.ts';
