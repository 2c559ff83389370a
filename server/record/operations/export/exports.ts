import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { exportManifest, filesOf, progressText } from './rules.ts';
import { addJob, findJob, databaseTime, removeJob } from './store.ts';
import type { ExportRequest } from './types.ts';
import { ExportWorker, keptMs, type WorkerParts } from './worker.ts';

/** What a status request answers. */
export type ExportStatus =
  | { state: 'underway'; progress: string }
  | { state: 'done'; manifest: unknown; whole: WholeManifest; expires: Date }
  | { state: 'failed'; problem: Problem };

/** The manifest, and every file of resources it could name, whether anything is in it or not. */
export type WholeManifest = {
  manifest: Record<string, unknown>;
  all: readonly { type: string; url: string }[];
};

/** Bulk exports: started, watched, fetched, cancelled. */
export type Exports = {
  /** Notes the export and gives its id. Writing begins in the background. */
  start(request: ExportRequest): Promise<string>;
  /** Throws a Problem that says there is no such export, where somebody else started it. */
  mustBeOf(id: string, startedBy: string): Promise<void>;
  status(id: string, urlOf: (file: string) => string): Promise<ExportStatus>;
  /** One finished file as a stream. */
  file(id: string, name: string): Promise<{ bytes: number; body: Readable }>;
  /** The same file, without a body when nothing is in it, and the folder it lies in. For those who are shown a part of it. */
  fileOrNone(id: string, name: string): Promise<{ body: Readable | undefined; folder: string }>;
  cancel(id: string): Promise<void>;
  /** Takes up what an earlier process left. */
  resume(): void;
  stop(): Promise<void>;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const noFile = (): Problem =>
  new Problem('operations/no-export-file', 404, 'The export has no such file.', {
    wayOut: 'Use the addresses that the finished export lists.',
  });

const noExport = (): Problem =>
  new Problem('operations/no-export', 404, 'There is no such export.', {
    wayOut: `Start it again. Exports are forgotten when they are cancelled, and ${keptMs / 3_600_000} hours after they end.`,
  });

export function createExports(parts: WorkerParts): Exports {
  const { db, clock, folder } = parts;
  const worker = new ExportWorker(parts);

  const get = async (id: string) => {
    const found = uuid.test(id) ? await findJob(db, id) : undefined;
    if (found !== undefined) return found;
    throw noExport();
  };

  return {
    async start(request) {
      const now = clock();
      const job = {
        ...request,
        id: newId(),
        state: 'waiting' as const,
        transactionTime: now,
        settleFrom: await databaseTime(db),
        finished: undefined,
        problem: undefined,
      };
      await addJob(db, job, filesOf(job.types, job.since), now);
      worker.wake();
      return job.id;
    },

    async mustBeOf(id, startedBy) {
      const { job } = await get(id);
      if (job.startedBy !== startedBy) throw noExport();
    },

    async status(id, urlOf) {
      const { job, files } = await get(id);
      if (job.state === 'failed') {
        return {
          state: 'failed',
          problem: new Problem('operations/export-failed', 500, job.problem ?? 'The export failed.', {
            wayOut: 'Start it again.',
          }),
        };
      }
      if (job.state !== 'done' || job.finished === undefined) {
        return { state: 'underway', progress: progressText(files) };
      }
      return {
        state: 'done',
        manifest: exportManifest(job, files, urlOf),
        whole: {
          manifest: exportManifest(job, files, urlOf),
          all: files
            .filter((file) => !file.isDeletions)
            .map(({ type, name }) => ({ type, url: urlOf(name) })),
        },
        expires: new Date(job.finished.getTime() + keptMs),
      };
    },

    async file(id, name) {
      const { job, files } = await get(id);
      const file = files.find((one) => one.name === name && one.rows > 0);
      if (job.state !== 'done' || file === undefined) {
        throw noFile();
      }
      const place = path.join(folder, job.id, file.name);
      const { size } = await stat(place);
      return { bytes: size, body: createReadStream(place) };
    },

    async fileOrNone(id, name) {
      const { job, files } = await get(id);
      const file = files.find((one) => one.name === name);
      if (job.state !== 'done' || file === undefined) throw noFile();
      const own = path.join(folder, job.id);
      return { body: file.rows === 0 ? undefined : createReadStream(path.join(own, file.name)), folder: own };
    },

    async cancel(id) {
      await get(id);
      await removeJob(db, id);
      await rm(path.join(folder, id), { recursive: true, force: true });
    },

    resume: () => worker.start(),
    stop: () => worker.stop(),
  };
}
