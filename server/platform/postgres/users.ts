import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, globSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { symlinkSync } from 'node:fs';
import type { Place } from './place.ts';

/**
 * Counting the processes that use PostgreSQL with a named pipe: each holds its writing end open, the supervisor reads.
 * The system closes the pipe of a process that dies, so nobody is counted who is not there.
 */
export type Attendance = { leave(): void; isStillCounted(): boolean };

/** Joins the processes that use PostgreSQL. Gives nothing when no supervisor is there to count. */
export function attend(place: Place): Attendance | undefined {
  let handle: number;
  try {
    handle = openSync(place.users, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENXIO' || code === 'ENOENT') return undefined;
    throw error;
  }
  const pipe = fstatSync(handle).ino;
  return {
    leave: () => closeSync(handle),
    isStillCounted: () => statSync(place.users, { throwIfNoEntry: false })?.ino === pipe,
  };
}

/** True when a supervisor counts the users. */
export function isSupervised(place: Place): boolean {
  const attendance = attend(place);
  attendance?.leave();
  return attendance !== undefined;
}

/** Makes a new pipe, under a name of its own. Gives the reading end for the supervisor and our own attendance. */
export function openAttendance(place: Place): { pipe: string; reader: number; attendance: Attendance } {
  for (const old of globSync(`${place.users}.*`)) rmSync(old, { force: true });
  const pipe = `${place.users}.${randomBytes(4).toString('hex')}`;
  execFileSync('mkfifo', ['-m', '600', pipe], { ...place.account, cwd: '/' });
  symlinkSync(pipe, `${pipe}.link`);
  renameSync(`${pipe}.link`, place.users);
  const reader = openSync(place.users, constants.O_RDONLY | constants.O_NONBLOCK);
  const attendance = attend(place);
  if (attendance === undefined) throw new Error('A pipe with a reader has no reader');
  return { pipe, reader, attendance };
}
