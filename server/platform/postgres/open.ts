import { spawn } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../errors.ts';
import { takeLock } from '../process-lock.ts';
import { findPrograms } from './binaries.ts';
import { environment, prepareCluster } from './cluster.ts';
import { connectionTo, ensureDatabase, postmaster, readiness, signalTo, type Connection } from './connect.ts';
import { makeDataDir, preparePlace, type Place } from './place.ts';
import type { Purpose } from './settings.ts';
import { attend, isSupervised, openAttendance, type Attendance } from './users.ts';

const supervisor = readFileSync(path.join(import.meta.dirname, 'supervise.sh'), 'utf8');
const databaseName = 'openics';
const largestLog = 10 * 1024 * 1024;

export type Embedded = {
  place: Place;
  /** Leaves PostgreSQL. It stops when nobody else uses it. `immediate` does not wait and recovers at the next start. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
};

/** Starts PostgreSQL of a data folder, or joins the processes that already use it, and waits until it answers. */
export async function openEmbedded(
  dataDir: string,
  purpose: Purpose,
  log: (text: string) => void,
): Promise<Embedded> {
  withOpenUmask(() => makeDataDir(dataDir));
  const release = await whenOurTurn(path.join(dataDir, 'starting.lock'), log);
  try {
    const place = withOpenUmask(() => preparePlace(dataDir, log));
    const attendance = (await join(place, log)) ?? (await launch(place, purpose, log));
    try {
      await ensureDatabase(place, databaseName);
    } catch (error) {
      attendance.leave();
      throw error;
    }
    return { place, stop: (how = 'fast') => leave(place, attendance, how, log) };
  } finally {
    release();
  }
}

export const connectionOf = (embedded: Embedded): Promise<Connection> =>
  connectionTo(embedded.place, databaseName);

/** The PostgreSQL account must be able to enter what we make here, whatever our own file mode mask is. */
function withOpenUmask<T>(work: () => T): T {
  const before = process.umask(0o022);
  try {
    return work();
  } finally {
    process.umask(before);
  }
}

async function whenOurTurn(file: string, log: (text: string) => void): Promise<() => void> {
  const tell = sayEvery(5_000, log);
  for (;;) {
    const answer = takeLock(file);
    if ('lock' in answer) return () => answer.lock.release();
    tell(`waiting for process ${answer.holder.pid}, which is starting the database`);
    await pause(100);
  }
}

/** Joins a running PostgreSQL. One that nobody looks after any more is stopped first. */
async function join(place: Place, log: (text: string) => void): Promise<Attendance | undefined> {
  const attendance = attend(place);
  if (attendance !== undefined) {
    if ((await untilReady(place, () => attendance.isStillCounted(), log)) === 'ready') return attendance;
    attendance.leave();
  }
  const left = postmaster(place);
  if (left === undefined) return undefined;
  if (attendance === undefined && (await readiness(place)) !== 'stopping') {
    log(`stopping PostgreSQL (process ${left}) that was left running`);
    signalTo(left, 'SIGINT');
  }
  await untilGone(place, log);
  return undefined;
}

async function launch(place: Place, purpose: Purpose, log: (text: string) => void): Promise<Attendance> {
  const programs = withOpenUmask(() => findPrograms(place, log));
  await prepareCluster(place, programs, purpose, log);
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const attempt = await launchOnce(place, programs, log);
    if (attempt.attendance !== undefined) return attempt.attendance;
    // Server processes of a killed PostgreSQL hold its memory until they notice, and a new one must not start before.
    const memoryHeld = attempt.said.includes('pre-existing shared memory block');
    if (!memoryHeld || Date.now() > giveUpAt) throw notStarted(place, attempt.said);
    log('waiting for the last processes of a killed PostgreSQL to end');
    await pause(1_000);
  }
}

async function launchOnce(
  place: Place,
  programs: string,
  log: (text: string) => void,
): Promise<{ attendance?: Attendance; said: string }> {
  const output = openLog(place);
  const from = statSync(place.log).size;
  const { pipe, reader, attendance } = openAttendance(place);
  const command = [path.join(programs, 'postgres'), '-D', place.cluster];
  const child = spawn('/bin/sh', ['-c', supervisor, 'openics-postgres', pipe, ...command], {
    ...place.account,
    cwd: '/',
    env: environment,
    detached: true,
    stdio: [reader, output, output],
  });
  closeSync(reader);
  closeSync(output);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  if ((await untilReady(place, () => !ended, log)) === 'ready') {
    writeFileSync(`${pipe}.ready`, '');
    return { attendance, said: '' };
  }
  attendance.leave();
  return { said: readFileSync(place.log, 'utf8').slice(from) };
}

function notStarted(place: Place, said: string): Problem {
  const lines = said.trim().split('\n').slice(-5).join('\n');
  const full = said.includes('No space left on device');
  return new Problem('postgres/not-started', 500, 'PostgreSQL did not start.', {
    place: place.log,
    wayOut: full ? 'The disk is full. Make room and start again.' : `PostgreSQL said:\n${lines}`,
  });
}

/** Waits as long as PostgreSQL is on its way: recovery after a crash can take minutes. */
async function untilReady(
  place: Place,
  isAlive: () => boolean,
  log: (text: string) => void,
): Promise<'ready' | 'gone'> {
  const began = Date.now();
  const tell = sayEvery(5_000, log);
  while (isAlive()) {
    const state = await readiness(place);
    if (state === 'ready') return isAlive() ? 'ready' : 'gone';
    const seconds = Math.round((Date.now() - began) / 1000);
    const doing = state === 'starting' ? 'bringing the database up to date after it was cut off' : state;
    tell(`PostgreSQL is ${doing} (${seconds} s)`);
    await pause(50);
  }
  return 'gone';
}

async function untilGone(place: Place, log: (text: string) => void): Promise<void> {
  const tell = sayEvery(5_000, log);
  while (postmaster(place) !== undefined) {
    tell('waiting for PostgreSQL to write its memory to disk');
    await pause(50);
  }
}

async function leave(
  place: Place,
  attendance: Attendance,
  how: 'fast' | 'immediate',
  log: (text: string) => void,
): Promise<void> {
  const running = postmaster(place);
  if (how === 'immediate' && running !== undefined) signalTo(running, 'SIGQUIT');
  attendance.leave();
  if (how === 'immediate') return;
  const noticedBy = Date.now() + 3_000;
  while (isSupervised(place)) {
    if (Date.now() > noticedBy) return log('PostgreSQL goes on for another process that uses it');
    await pause(20);
  }
  const left = postmaster(place);
  if (left !== undefined) signalTo(left, 'SIGINT');
  await untilGone(place, log);
}

function openLog(place: Place): number {
  if ((statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > largestLog) {
    renameSync(place.log, `${place.log}.1`);
  }
  const handle = openSync(place.log, 'a', 0o600);
  if (place.account.uid !== undefined)
    chownSync(place.log, place.account.uid, place.account.gid ?? place.account.uid);
  return handle;
}

/** Says something at most once in so many milliseconds, and not at once. */
function sayEvery(intervalMs: number, log: (text: string) => void): (text: string) => void {
  let last = Date.now();
  return (text) => {
    if (Date.now() - last < intervalMs) return;
    last = Date.now();
    log(text);
  };
}
