import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { nextPiece } from './read.ts';
import { finishJob, hasSettled, noteProgress, releaseJob, removeJobsBefore, takeJob } from './store.ts';
import { findJob } from './store.ts';
import type { ExportFile, ExportJob } from './types.ts';

const leaseMs = 60_000;
const settlePauseMs = 200;
const longestSettleMs = 10 * 60_000;

/** How long the files of a finished export are kept. */
export const keptMs = 24 * 3_600_000;

export type WorkerParts = {
  db: Db;
  clock: Clock;
  /** Where files go: one folder for each export. */
  folder: string;
  /** The FHIR ids of a group's patients, as the given version of the group names them. */
  membersOf(groupId: string, version: number): Promise<string[]>;
};

/** Writes exports one after the other, each in constant memory. What a stopped worker left is taken up again. */
export class ExportWorker {
  readonly #parts: WorkerParts;
  #stopping = false;
  #wanted = false;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Looks for work now, and again each half minute for what another process left. */
  start(): void {
    this.#timer = setInterval(() => this.wake(), leaseMs / 2);
    this.#timer.unref();
    this.wake();
  }

  /** Tells that there is work. */
  wake(): void {
    this.#wanted = true;
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
  }

  /** Stops after the piece in hand; the export goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    const { db, clock } = this.#parts;
    while (this.#wanted && !this.#stopping) {
      this.#wanted = false;
      try {
        await this.#removeExpired();
        const job = await takeJob(db, clock(), this.#lease());
        if (job === undefined) return;
        this.#wanted = true;
        await this.#run(job);
      } catch {
        // The database is away: the lease runs out and the timer tries again.
        return;
      }
    }
  }

  async #run(job: ExportJob): Promise<void> {
    const { db, clock } = this.#parts;
    try {
      if (await this.#write(job)) await finishJob(db, job.id, clock());
      else if (this.#stopping) await releaseJob(db, job.id);
    } catch (error) {
      const reason = error instanceof Problem ? error.message : 'The files could not be written.';
      await finishJob(db, job.id, clock(), reason);
    }
  }

  /** False when it stopped before the end, because of a cancel or a stop. */
  async #write(job: ExportJob): Promise<boolean> {
    const { db, folder, membersOf } = this.#parts;
    await this.#settle(job);
    const { scope } = job;
    const members = scope.level === 'group' ? await membersOf(scope.groupId, scope.groupVersion) : [];
    const found = await findJob(db, job.id);
    await mkdir(path.join(folder, job.id), { recursive: true, mode: 0o700 });
    for (const file of found?.files ?? []) {
      if (!file.done && !(await this.#writeFile(job, file, members))) return false;
    }
    return found !== undefined;
  }

  /** Appends piece after piece. What was written but not noted before a crash is cut off first. */
  async #writeFile(job: ExportJob, file: ExportFile, members: readonly string[]): Promise<boolean> {
    const { db, folder } = this.#parts;
    const handle = await open(path.join(folder, job.id, file.name), 'a', 0o600);
    try {
      await handle.truncate(file.bytes);
      let state = file;
      while (!state.done) {
        if (this.#stopping) return false;
        const piece = await nextPiece(db, job, state, members);
        const bytes = Buffer.from(piece.text);
        if (bytes.length > 0) {
          await handle.appendFile(bytes);
          await handle.datasync();
        }
        state = {
          ...state,
          rows: state.rows + piece.rows,
          bytes: state.bytes + bytes.length,
          place: piece.next,
          done: piece.next === undefined,
        };
        if (!(await noteProgress(db, job.id, state, this.#lease()))) return false;
      }
      return true;
    } finally {
      await handle.close();
    }
  }

  /** Waits for writes that began before the export's moment, so that none of them is missed. */
  async #settle(job: ExportJob): Promise<void> {
    const { db, clock } = this.#parts;
    const until = clock().getTime() + longestSettleMs;
    while (!(await hasSettled(db, job.settleFrom))) {
      if (this.#stopping) return;
      if (clock().getTime() > until) {
        throw new Problem(
          'operations/export-unsettled',
          500,
          'A write that began before the export did not end in time.',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, settlePauseMs));
    }
  }

  async #removeExpired(): Promise<void> {
    const { db, clock, folder } = this.#parts;
    const ids = await removeJobsBefore(db, new Date(clock().getTime() - keptMs));
    for (const id of ids) await rm(path.join(folder, id), { recursive: true, force: true });
  }

  #lease(): Date {
    return new Date(this.#parts.clock().getTime() + leaseMs);
  }
}
