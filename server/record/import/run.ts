import type { Db } from '../../platform/db/index.ts';
import { Committer, type CommitParts } from './commit.ts';
import { addCounts, asUnchanged } from './counts.ts';
import { identify } from './file-identity.ts';
import type { FileProgress } from './group.ts';
import { lookUp, type Matcher } from './look-up.ts';
import { Pipeline } from './pipeline.ts';
import type { Portion, Sink } from './portion.ts';
import { itemOfFault } from './quarantine-item.ts';
import { faultOf, type Fault, type InputFile, type Walked } from './reading/index.ts';
import type { Begun, Readers } from './readers.ts';
import {
  countMissing,
  findFile,
  forgetMissing,
  missingOf,
  postponedFiles,
  postponedOf,
} from './store-jobs.ts';
import type { FileRow } from './store-jobs.ts';
import { knownTargets } from './store-lookups.ts';
import { waitingOf } from './store-quarantine.ts';

/** Told how the import gets on. */
export type Progress = {
  /** Bytes read from disk, of all there are. */
  bytes(n: number): void;
  /** Entries stored. */
  stored(n: number): void;
  note(text: string): void;
};

export type RunParts = CommitParts & {
  db: Db;
  readers: Readers;
  match: Matcher;
  progress: Progress;
  /** Read files again that are in already. */
  again: boolean;
  signal?: AbortSignal | undefined;
};

/** Thrown when the import is asked to stop. What was read so far can be written. */
export class Stopped extends Error {}

const missingPage = 1_000;

/** A file known by its content, and what was looked up and begun of it beforehand. */
type Opened =
  | Exclude<Walked, InputFile>
  | { kind: 'unreadable'; file: InputFile; fault: Fault }
  | { kind: 'opened'; file: InputFile; id: string; known: FileRow | undefined; begun: Begun | undefined }
  /** The same content was opened before: look when its turn comes. */
  | { kind: 'repeated'; file: InputFile; id: string };

/** One import from its first file to its last. The job's counts and notes are kept up to date. */
export class ImportRun {
  readonly #parts: RunParts;
  readonly #pipeline: Pipeline;
  /** Every file of this run by the id of its content. */
  readonly #files = new Map<string, InputFile>();

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#pipeline = new Pipeline(new Committer(parts), (entries) => parts.progress.stored(entries));
  }

  /** Reads all files. Throws `Stopped` when asked to stop; what was read by then is stored. */
  async run(walked: readonly Walked[]): Promise<void> {
    try {
      await this.#readAll(walked);
      await this.#pipeline.drain();
      await this.#readWaiting();
      await this.#pipeline.drain();
      await this.#lookForMissing();
    } catch (error) {
      if (error instanceof Stopped) await this.#pipeline.drain();
      throw error;
    }
  }

  /** Opens a few files ahead of the one that is taken. */
  async #readAll(walked: readonly Walked[]): Promise<void> {
    const ahead: Opened[] = [];
    for (const each of walked) {
      ahead.push(await this.#open(each));
      if (ahead.length > this.#parts.readers.ahead) await this.#take(ahead.shift()!);
    }
    for (const each of ahead) await this.#take(each);
  }

  async #open(each: Walked): Promise<Opened> {
    if (each.kind !== 'file') return each;
    const { job, db, again, readers } = this.#parts;
    let file = each;
    let id: string;
    try {
      const identity = await identify(each, job.source);
      id = identity.id;
      if (identity.content !== undefined) file = { ...each, content: identity.content };
    } catch (error) {
      const unreadable = faultOf(error);
      if (unreadable === undefined) throw error;
      return { kind: 'unreadable', file, fault: unreadable };
    }
    if (this.#files.has(id)) return { kind: 'repeated', file: each, id };
    this.#files.set(id, each);
    const known = await findFile(db, id);
    const isIn = known?.state === 'read' && !again;
    const begun = isIn ? undefined : readers.begin({ file, from: entriesBegun(known) });
    return { kind: 'opened', file, id, known, begun };
  }

  async #take(opened: Opened): Promise<void> {
    const { notes } = this.#parts.job;
    switch (opened.kind) {
      case 'passed-over':
        notes.passedOver.push(opened.name);
        return;
      case 'walk-fault':
        this.#fault(opened.fault, opened.name);
        return;
      case 'unreadable':
        this.#fault(opened.fault, opened.file.name);
        return;
      case 'opened':
        await this.#file(opened.file, opened.id, opened.known, opened.begun);
        return;
      case 'repeated':
        await this.#repeated(opened.file, opened.id);
    }
  }

  #fault(found: Fault, name: string): void {
    this.#pipeline.group.addItem(itemOfFault(found, name, this.#parts.job.source), undefined);
  }

  /** The same bytes once more: they are in by now, unless their first reading was cut off. */
  async #repeated(file: InputFile, id: string): Promise<void> {
    await this.#pipeline.drain();
    const known = await findFile(this.#parts.db, id);
    const isIn = known?.state === 'read';
    const begun = isIn ? undefined : this.#parts.readers.begin({ file, from: entriesBegun(known) });
    await this.#file(file, id, known, begun);
  }

  async #file(
    file: InputFile,
    id: string,
    known: FileRow | undefined,
    begun: Begun | undefined,
  ): Promise<void> {
    const { job, db, progress } = this.#parts;
    if (known !== undefined && begun === undefined) {
      progress.bytes(file.bytes);
      const readByThisJob = known.jobId === job.id && known.name === file.name;
      if (readByThisJob) return;
      job.notes.filesKnown += 1;
      addCounts(job.counts, asUnchanged(known.counts, await waitingOf(db, id)));
      return;
    }
    job.notes.filesRead += 1;
    const before = known?.state === 'reading' ? known : undefined;
    if (before !== undefined && before.jobId !== job.id) {
      addCounts(job.counts, asUnchanged(before.counts, await waitingOf(db, id)));
    }
    if (before !== undefined) progress.note(`${file.name}: going on after entry ${before.entriesRead}`);
    const row: FileRow = before ?? {
      id,
      jobId: job.id,
      name: file.name,
      bytes: file.bytes,
      state: 'reading',
      entriesRead: 0,
      counts: {},
    };
    const reading: FileProgress = { row: { ...row, jobId: job.id }, isSecondReading: false };
    await begun!.into(this.#sink(file, reading));
  }

  #sink(file: InputFile, reading: FileProgress): Sink {
    const { db, match, progress, job, signal } = this.#parts;
    const stopWhenAsked = (): void => {
      if (signal?.aborted === true) throw new Stopped();
    };
    return {
      take: async (portion: Portion) => {
        stopWhenAsked();
        if (!reading.isSecondReading) progress.bytes(portion.bytes);
        job.notes.warnings += portion.warnings;
        job.notes.wrongNumbers = (job.notes.wrongNumbers ?? 0) + portion.wrongNumbers;
        if (portion.end?.isUntracked === true) job.notes.untracked.push(file.name);
        await this.#pipeline.take(reading, portion);
      },
      lookUp: async (link) => {
        stopWhenAsked();
        const answer = await lookUp(db, match, link);
        const mayHoldIt = answer.kind === 'nothing' && (await this.#pipeline.writeIfHolding(link));
        return mayHoldIt ? lookUp(db, match, link) : answer;
      },
    };
  }

  /** Reads once more what referred to something that came later. */
  async #readWaiting(): Promise<void> {
    const { db, job, progress, readers } = this.#parts;
    readers.forgetMisses();
    for (const id of await postponedFiles(db)) {
      const file = this.#files.get(id);
      const row = await findFile(db, id);
      if (file === undefined || row === undefined) continue;
      const waiting = await postponedOf(db, id);
      progress.note(`${file.name}: reading again ${waiting.length} entries that waited for others`);
      const reading: FileProgress = { row: { ...row, jobId: job.id }, isSecondReading: true };
      await readers.begin({ file, from: 0, waiting }).into(this.#sink(file, reading));
    }
  }

  /** Targets that came later are missing no more. */
  async #lookForMissing(): Promise<void> {
    const { db, job } = this.#parts;
    let after = '';
    for (;;) {
      const page = await missingOf(db, job.id, after, missingPage);
      if (page.length === 0) break;
      after = page.at(-1)!.target;
      const there = await knownTargets(
        db,
        page.map((each) => each.rid),
      );
      const found = page.filter((each) => there.has(`${each.rid}/${each.type}`));
      if (found.length > 0) {
        await forgetMissing(
          db,
          job.id,
          found.map((each) => each.target),
        );
      }
    }
    const { targets, mentions } = await countMissing(db, job.id);
    job.notes.missingTargets = targets;
    job.notes.missingMentions = mentions;
  }
}

/** How many entries of a file are in, when its reading was cut off. */
const entriesBegun = (known: FileRow | undefined): number =>
  known?.state === 'reading' ? known.entriesRead : 0;
