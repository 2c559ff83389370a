import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { totals, type Importer, type Progress, type RecordGroup } from '../../record/import/index.ts';
import { shippedMappings } from '../csv/index.ts';
import type { Feeds } from '../feeds.ts';
import { nameFeed, addTallies, feedId } from '../intake/store.ts';
import type { FeedName, RecordMessages } from '../intake/types.ts';
import { MllpClient, openMllp } from '../mllp/index.ts';
import { openFile } from './file-state.ts';
import { readManifest, type FolderFeed } from './manifest.ts';
import { loadMessages } from './messages.ts';
import { loadRows } from './rows.ts';
import { addMapping, newestMapping, saveFile, type FileRow } from './store.ts';

export type FolderServices = { db: Db; clock: Clock; feeds: Feeds; importer: Importer };

export type FolderProgress = Progress & { found(files: number, bytes: number, resumed: boolean): void };

/** What became of one feed of a folder. */
export type FeedOutcome = {
  partner: string;
  kind: FolderFeed['kind'];
  files: number;
  stored: number;
  held: number;
  refused: { file: string; reason: string; place: string | null }[];
};

export type FolderRequest = {
  folder: string;
  progress: FolderProgress;
  signal: AbortSignal;
  /** Puts on record what is stored, where accesses are. */
  record?: FolderRecord | undefined;
};

/** Puts messages and rows on record, and the groups of an import from a source. */
export type FolderRecord = { messages: RecordMessages; groupsOf(source: string): RecordGroup };

/**
 * Loads a folder of feeds by the ways their partners would use: FHIR by the importer, HL7 v2 over a real MLLP connection each, rows by
 * their mapping. May be stopped and run again: it goes on where it was.
 */
export async function loadFolder(services: FolderServices, request: FolderRequest): Promise<FeedOutcome[]> {
  const manifest = readManifest(request.folder);
  const files = manifest.flatMap((feed) => feed.files);
  request.progress.found(
    files.length,
    files.reduce((sum, file) => sum + file.bytes, 0),
    false,
  );
  for (const mapping of shippedMappings()) await addMapping(services.db, mapping, services.clock());
  const outcomes: FeedOutcome[] = [];
  for (const feed of manifest) {
    if (request.signal.aborted) break;
    await nameFeed(services.db, nameOf(feed), services.clock());
    if (feed.kind === 'fhir-ndjson') outcomes.push(await loadFhir(services, request, feed));
  }
  outcomes.push(...(await loadAllMessages(services, request, manifest)));
  for (const feed of manifest) {
    if (feed.kind === 'csv' && !request.signal.aborted) outcomes.push(await loadCsv(services, request, feed));
  }
  return outcomes;
}

function nameOf(feed: FolderFeed): FeedName {
  const { name, source } = feed;
  switch (feed.kind) {
    case 'fhir-ndjson':
      return { kind: 'fhir', key: source, name, source };
    case 'hl7v2':
      return {
        kind: 'hl7v2',
        key: JSON.stringify([feed.sender.application, feed.sender.facility]),
        name,
        source,
      };
    case 'csv':
      return { kind: 'csv', key: JSON.stringify([source, feed.mapping]), name, source };
  }
}

const placeOf = (request: FolderRequest, file: { path: string }) => ({
  full: path.join(request.folder, file.path),
  name: file.path,
});

/** FHIR goes through the record's importer, all files of a partner in one import, in order. */
async function loadFhir(
  services: FolderServices,
  request: FolderRequest,
  feed: FolderFeed,
): Promise<FeedOutcome> {
  const { db, clock, importer } = services;
  const name = nameOf(feed);
  const rows: FileRow[] = [];
  for (const file of feed.files) rows.push(await openFile(db, name, placeOf(request, file), clock()));
  const open = rows.filter(({ state }) => state !== 'loaded');
  const outcome: FeedOutcome = {
    partner: feed.partner,
    kind: feed.kind,
    files: rows.length,
    stored: 0,
    held: 0,
    refused: [],
  };
  if (open.length === 0) return outcome;
  const job = await importer.run({
    paths: feed.files.map((file) => placeOf(request, file).full),
    source: feed.source,
    agent: 'openics feeds',
    signal: request.signal,
    record: request.record?.groupsOf(feed.source),
    progress: { ...request.progress, found: () => undefined },
  });
  if (job.state !== 'finished') return outcome;
  const sums = totals(job.counts);
  Object.assign(outcome, { stored: sums.stored + sums.unchanged, held: sums.quarantined });
  await db.transaction(async (tx) => {
    for (const row of open) await saveFile(tx, { ...row, state: 'loaded', changed: clock() });
    addTallies(tx, [{ feedId: feedId(name), at: clock(), outcome: 'stored', n: sums.stored }]);
  });
  return outcome;
}

/** Every sender has its own connection, and sends as it would: the next file when the one before is acknowledged. */
async function loadAllMessages(
  { db, clock, feeds }: FolderServices,
  request: FolderRequest,
  manifest: readonly FolderFeed[],
): Promise<FeedOutcome[]> {
  const senders = manifest.filter((feed) => feed.kind === 'hl7v2');
  if (senders.length === 0) return [];
  const receiver = feeds.receiverBy(request.record?.messages);
  const server = await openMllp({ port: 0, receiver, admit: async () => true });
  try {
    return await Promise.all(
      senders.map(async (feed) => {
        const client = await MllpClient.open(server.port);
        const rows: FileRow[] = [];
        for (const file of feed.files) {
          if (request.signal.aborted) break;
          const stored = (n: number): void => request.progress.stored(n);
          rows.push(
            await loadMessages({
              db,
              clock,
              client,
              feed: nameOf(feed),
              file: placeOf(request, file),
              signal: request.signal,
              stored,
            }),
          );
          request.progress.bytes(file.bytes);
        }
        await client.close();
        return summed(feed, rows);
      }),
    );
  } finally {
    await server.stop();
  }
}

async function loadCsv(
  services: FolderServices,
  request: FolderRequest,
  feed: FolderFeed & { kind: 'csv' },
): Promise<FeedOutcome> {
  const { db, clock, feeds } = services;
  const mapping = await newestMapping(db, feed.mapping);
  if (mapping === undefined) {
    throw new Problem('feeds/no-mapping', 400, `There is no mapping called ${feed.mapping}.`, {
      place: feed.partner,
    });
  }
  const rows: FileRow[] = [];
  for (const file of feed.files) {
    if (request.signal.aborted) break;
    rows.push(
      await loadRows({
        db,
        clock,
        queue: feeds.queue,
        feed: nameOf(feed),
        mapping,
        dialect: { delimiter: feed.separator, encoding: feed.encoding },
        file: placeOf(request, file),
        signal: request.signal,
        record: request.record?.messages,
        stored: (n) => request.progress.stored(n),
      }),
    );
    request.progress.bytes(file.bytes);
  }
  return summed(feed, rows);
}

function summed(feed: FolderFeed, rows: readonly FileRow[]): FeedOutcome {
  return {
    partner: feed.partner,
    kind: feed.kind,
    files: rows.length,
    stored: rows.reduce((sum, row) => sum + row.stored, 0),
    held: rows.reduce((sum, row) => sum + row.held, 0),
    refused: rows
      .filter(({ state }) => state === 'refused')
      .map((row) => ({ file: row.name, reason: row.reason ?? '', place: row.place })),
  };
}
