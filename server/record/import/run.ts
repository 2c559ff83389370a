import { Admission, type AdmissionParts } from './admit.ts';
import { Committer, type CommitParts } from './commit.ts';
import { addCounts, asUnchanged } from './counts.ts';
import { identify } from './file-identity.ts';
import type { FileProgress } from './group.ts';
import { linkMaker } from './make-links.ts';
import { Pipeline } from './pipeline.ts';
import { itemOfFault } from './quarantine-item.ts';
import { readInput, readPostponed, Stopped, type InputParts } from './read-input.ts';
import { faultOf, readingLimits, type Fault, type InputFile, type Walked } from './reading/index.ts';
import { Resolver, type Matcher } from './resolver.ts';
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

export type RunParts = CommitParts &
  Omit<AdmissionParts, 'resolver' | 'source'> & {
    match: Matcher;
    progress: Progress;
    /** Read files again that are in already. */
    again: boolean;
    signal?: AbortSignal | undefined;
  };

const missingPage = 1_000;

/** One import from its first file to its last. The job's counts and notes are kept up to date. */
export class ImportRun {
  readonly #parts: RunParts;
  readonly #pipeline: Pipeline;
  readonly #resolver: Resolver;
  readonly #input: InputParts;
  /** Every file of this run by the id of its content. */
  readonly #files = new Map<string, InputFile>();

  constructor(parts: RunParts) {
    this.#parts = parts;
    const { job, db, match, progress } = parts;
    const committer = new Committer(parts);
    this.#pipeline = new Pipeline(committer, (entries) => progress.stored(entries));
    this.#resolver = new Resolver(db, match, this.#pipeline);
    const { source } = job;
    const admission = new Admission({ ...parts, source, resolver: this.#resolver });
    this.#input = {
      source,
      admission,
      pipeline: this.#pipeline,
      makeLinks: linkMaker(source, this.#resolver),
      limits: readingLimits,
      onBytes: (n) => progress.bytes(n),
      onWarnings: (n) => {
        job.notes.warnings += n;
      },
      onUntracked: (file) => {
        job.notes.untracked.push(file);
      },
      signal: parts.signal,
    };
  }

  /** Reads all files. Throws `Stopped` when asked to stop; what was read by then is stored. */
  async run(walked: readonly Walked[]): Promise<void> {
    try {
      for (const each of walked) await this.#one(each);
      await this.#pipeline.drain();
      await this.#readWaiting();
      await this.#pipeline.drain();
      await this.#lookForMissing();
    } catch (error) {
      if (error instanceof Stopped) await this.#pipeline.drain();
      throw error;
    }
  }

  async #one(each: Walked): Promise<void> {
    const { notes, source } = this.#parts.job;
    if (each.kind === 'passed-over') notes.passedOver.push(each.name);
    else if (each.kind === 'walk-fault') this.#fault(each.fault, each.name);
    else {
      let known: { id: string; content?: Buffer };
      try {
        known = await identify(each, source);
      } catch (error) {
        const unreadable = faultOf(error);
        if (unreadable === undefined) throw error;
        this.#fault(unreadable, each.name);
        return;
      }
      await this.#file(each, known.id, known.content);
    }
  }

  #fault(found: Fault, name: string): void {
    this.#pipeline.group.addItem(itemOfFault(found, name, this.#parts.job.source), undefined);
  }

  async #file(file: InputFile, id: string, content: Buffer | undefined): Promise<void> {
    const { job, db, progress } = this.#parts;
    const isRepeated = this.#files.has(id);
    if (isRepeated) await this.#pipeline.drain();
    this.#files.set(id, this.#files.get(id) ?? file);
    const known = await findFile(db, id);
    if (known?.state === 'read' && (!this.#parts.again || isRepeated)) {
      progress.bytes(file.bytes);
      const readByThisJob = known.jobId === job.id && known.name === file.name;
      if (readByThisJob) return;
      job.notes.filesKnown += 1;
      addCounts(job.counts, asUnchanged(known.counts, await waitingOf(db, id)));
      return;
    }
    job.notes.filesRead += 1;
    const begun = known?.state === 'reading' ? known : undefined;
    if (begun !== undefined && begun.jobId !== job.id) {
      addCounts(job.counts, asUnchanged(begun.counts, await waitingOf(db, id)));
    }
    if (begun !== undefined) progress.note(`${file.name}: going on after entry ${begun.entriesRead}`);
    const row: FileRow = begun ?? {
      id,
      jobId: job.id,
      name: file.name,
      bytes: file.bytes,
      state: 'reading',
      entriesRead: 0,
      counts: {},
    };
    const input = content === undefined ? file : { ...file, content };
    await readInput(input, { row: { ...row, jobId: job.id }, isSecondReading: false }, this.#input);
  }

  /** Reads once more what referred to something that came later. */
  async #readWaiting(): Promise<void> {
    this.#resolver.forgetMisses();
    for (const id of await postponedFiles(this.#parts.db)) {
      const file = this.#files.get(id);
      const row = await findFile(this.#parts.db, id);
      if (file === undefined || row === undefined) continue;
      const waiting = await postponedOf(this.#parts.db, id);
      this.#parts.progress.note(
        `${file.name}: reading again ${waiting.length} entries that waited for others`,
      );
      const progress: FileProgress = { row: { ...row, jobId: this.#parts.job.id }, isSecondReading: true };
      await readPostponed(file, progress, waiting, { ...this.#input, onBytes: () => undefined });
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
