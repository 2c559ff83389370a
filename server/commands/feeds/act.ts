import {
  declareMapping,
  feedsOverview,
  listMappings,
  viewerOnRecord,
  waitingMessages,
} from '../../feeds/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { createServices } from '../../services.ts';
import { openRecord } from '../on-record/index.ts';

const count = new Intl.NumberFormat('en-GB');

/** Prints each feed. */
export async function listFeedsOf(db: Db): Promise<number> {
  const feeds = await feedsOverview(db, systemClock);
  for (const feed of feeds) {
    const stored = (feed.totals['stored'] ?? 0) + (feed.totals['late'] ?? 0) + (feed.totals['replayed'] ?? 0);
    const last = feed.lastReceived ?? 'nothing yet';
    console.log(
      `${feed.name.padEnd(44)} ${feed.kind.padEnd(6)} ${feed.state.padEnd(9)} last ${last.padEnd(24)} ${count.format(stored).padStart(10)} stored ${count.format(feed.waiting).padStart(6)} wait`,
    );
  }
  if (feeds.length === 0) console.log('Nothing has come yet.');
  return 0;
}

/** Prints the mappings by which files of rows are read. */
export async function listMappingsOf(db: Db): Promise<number> {
  for (const { name, version, created } of await listMappings(db))
    console.log(`${name.padEnd(30)} version ${version}, since ${created.toISOString().slice(0, 10)}`);
  return 0;
}

/** Keeps the mapping in a file. */
export async function declareMappingIn(db: Db, file: string): Promise<number> {
  const record = await openRecord(db);
  const { mapping, version, columns, resources } = await db.transaction(async (tx) => {
    const declared = await declareMapping(tx, systemClock, file);
    const target = `mapping/${declared.mapping} ${declared.version}`;
    record.put(tx, { kind: 'policy', resource: 'Mapping', rule: 'declared', target });
    return declared;
  });
  const types = resources.map(({ type }) => type);
  console.log(`${mapping} version ${version}: ${columns.length} columns make ${types.join(', ')}.`);
  return 0;
}

/** Prints what waits for a person. */
export async function listWaiting(db: Db): Promise<number> {
  const record = await openRecord(db);
  await record.note({ kind: 'search', resource: 'Message', query: 'state=dead' });
  let shown = 0;
  for await (const message of waitingMessages(db)) {
    console.log(
      `${message.id}  ${message.feedName}, ${message.kind} ${message.controlId}\n    ${message.place ?? ''}: ${message.reason ?? ''}`,
    );
    shown += 1;
  }
  console.log(
    `${count.format(shown)} wait. Mend them in the web pages under /feeds, or: ./openics feeds replay ID`,
  );
  return 0;
}

/** Judges one message again, or all that wait. */
export async function replayWaiting(db: Db, id: string | undefined): Promise<number> {
  const { who, viewing } = await openRecord(db);
  const onRecord = viewerOnRecord(viewing, 'update');
  const services = await createServices(db);
  try {
    const ids: string[] = [];
    if (id === undefined) for await (const message of waitingMessages(db)) ids.push(message.id);
    else ids.push(id);
    let held = 0;
    for (const each of ids) {
      const { state, answer } = await services.feeds.desk.replay(each, who.user, onRecord);
      if (state === 'replayed') continue;
      held += 1;
      console.log(`${each}  still cannot be stored: ${'reason' in answer ? answer.reason : ''}`);
    }
    console.log(`${count.format(ids.length - held)} stored, ${count.format(held)} still wait.`);
    return held === 0 ? 0 : 2;
  } finally {
    await services.validator.stop();
  }
}
