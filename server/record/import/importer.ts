import { availableParallelism } from 'node:os';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { DefinitionPackage } from '../definitions/index.ts';
import { isResourceType } from '../resource-types.ts';
import type { Extractor } from '../search/index.ts';
import { Preparer, Writer } from '../store/index.ts';
import type { Delivery, Issue, Resource } from '../types.ts';
import type { RecordGroup } from './commit.ts';
import type { Matcher } from './look-up.ts';
import type { ReaderParts } from './reader.ts';
import { readerHere, type Readers } from './readers.ts';
import { walk, type Walked } from './reading/index.ts';
import { createReplayer, type Replayer } from './replay.ts';
import { ImportRun, Stopped, type Progress } from './run.ts';
import { sourceUri } from './source.ts';
import { countsOfJob, findUnfinishedJob, insertJob, updateJob, type Job } from './store-jobs.ts';
import { readerThreads } from './threads/index.ts';

export type ImportServices = {
  db: Db;
  clock: Clock;
  extractor: Extractor;
  validate(resource: Resource): Issue[];
  /** The ids a search finds, two at most. */
  match: Matcher;
  /** Lets large imports read on threads of their own, which make validator and extractor anew from these packages. */
  threads?: { packages(): Promise<DefinitionPackage[]>; worthBytes?: number };
};

/** So much to read is worth starting threads for. */
const usuallyWorthBytes = 16 * 1024 * 1024;
/** One thread reads as fast as PostgreSQL takes rows on one connection, and each takes some 300 MB. */
const readingThreads = 1;

export type ImportRequest = {
  paths: readonly string[];
  /** A URI, or a name to make one of. */
  source?: string | undefined;
  /** Who or what asked for it. */
  agent: string;
  /** Read files again that are in already. */
  again?: boolean;
  signal?: AbortSignal;
  /** Puts each transaction on record, where accesses are. */
  record?: RecordGroup | undefined;
  progress: Progress & {
    /** Told once, before the first file is read. */
    found(files: number, bytes: number, resumed: boolean): void;
  };
};

export type Importer = Replayer & {
  /**
   * Imports files and folders. Gives the finished job, or the job as it stands when `signal` asked it to stop.
   * An import of the same paths and source that was cut off goes on where it was.
   */
  run(request: ImportRequest): Promise<Job>;
};

/** Makes the importer. It may be used for several imports, one after the other. */
export function createImporter(services: ImportServices): Importer {
  const { db, clock } = services;
  const writer = new Writer(db, clock);
  const preparer = new Preparer(services.extractor);
  const parts = { ...services, writer, preparer, isResourceType };
  return {
    ...createReplayer(parts),
    async run(request) {
      const walked: Walked[] = [];
      for await (const each of walk(request.paths)) walked.push(each);
      const { job, resumed } = await openJob(db, request, clock());
      const files = walked.filter((each) => each.kind === 'file');
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      request.progress.found(files.length, bytes, resumed);
      const delivery: Delivery = { source: job.source, channel: 'import', agent: job.agent };
      const { progress, signal, record, again = false } = request;
      const readers = await readersFor(services, parts, job.source, bytes);
      const run = new ImportRun({ ...parts, job, delivery, progress, signal, again, readers, record });
      try {
        await run.run(walked);
      } catch (error) {
        if (error instanceof Stopped) return job;
        await updateJob(db, { ...job, state: 'failed', finished: clock() }).catch(() => undefined);
        throw error;
      } finally {
        await readers.close();
      }
      job.state = 'finished';
      job.finished = clock();
      await updateJob(db, job);
      return job;
    },
  };
}

/** Reads here, or on a thread of its own where there is much to read and more than one core. */
async function readersFor(
  { threads }: ImportServices,
  parts: Omit<ReaderParts, 'source'>,
  source: string,
  bytes: number,
): Promise<Readers> {
  const isOnlyCore = availableParallelism() === 1;
  if (threads === undefined || isOnlyCore || bytes < (threads.worthBytes ?? usuallyWorthBytes)) {
    return readerHere({ ...parts, source });
  }
  return readerThreads(readingThreads, { source, packages: await threads.packages() });
}

async function openJob(db: Db, request: ImportRequest, now: Date): Promise<{ job: Job; resumed: boolean }> {
  const source = sourceUri(request.source);
  const notes = {
    filesRead: 0,
    filesKnown: 0,
    passedOver: [],
    missingTargets: 0,
    missingMentions: 0,
    warnings: 0,
    untracked: [],
  };
  const before = await findUnfinishedJob(db, source, request.paths);
  if (before !== undefined) {
    const counts = await countsOfJob(db, before.id);
    return { job: { ...before, state: 'running', finished: null, counts, notes }, resumed: true };
  }
  const job: Job = {
    id: newId(now.getTime()),
    source,
    paths: [...request.paths],
    agent: request.agent,
    state: 'running',
    started: now,
    finished: null,
    counts: {},
    notes,
  };
  await insertJob(db, job);
  return { job, resumed: false };
}
