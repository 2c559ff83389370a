import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { StagedEvent } from '../types.ts';
import { checkpointText, closingLeaf, leafHash, RegisterTree } from '../verifier/index.ts';
import { openTiles, TileEdge } from './edge.ts';
import type { Keys, Signer } from './keys.ts';
import { ListEnds } from './lists.ts';
import { placeEvents } from './place.ts';
import { refreshRegister } from './register.ts';
import {
  bucketsAt,
  EventRows,
  lastClosing,
  lockLog,
  putBuckets,
  putClosing,
  putTiles,
  removeStaged,
  stagedEvents,
  tilesNamed,
  type LogState,
  type StagedRow,
} from './store.ts';

/** So many staged rows are placed in one transaction. */
const mostRows = 200;

/** Between so many events, and so many hashes of the register, whoever waits for an answer goes first. Both take about a millisecond. */
const atOnce = 32;
const hashesAtOnce = 512;

/** The tree and the register as they were after the last transaction of this process. */
type Memory = { edge: TileEdge; register: RegisterTree; closedAt: number };

export type Placed = { events: number; size: number; note: string };

/**
 * Gives staged events their places. One process at a time does it: who holds the lock of the log's row. All it writes is one
 * transaction, so a kill at any moment leaves a whole log, and an event is placed exactly once.
 */
export class Sequencer {
  readonly #db: Db;
  readonly #keys: Keys;
  readonly #clock: Clock;
  #memory: Memory | undefined;

  constructor(db: Db, keys: Keys, clock: Clock) {
    this.#db = db;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** Places what waits, up to a bound, and signs. Undefined when nothing waits or another process is at it. */
  async place(): Promise<Placed | undefined> {
    const memory = this.#memory;
    this.#memory = undefined;
    const done = await this.#db.transaction((tx) => this.#placeIn(tx, memory), { attempts: 1 });
    this.#memory = done.memory;
    return done.placed;
  }

  async #placeIn(tx: Tx, known: Memory | undefined) {
    const [state, staged] = await Promise.all([lockLog(tx), stagedEvents(tx, mostRows)]);
    if (state === undefined || staged.length === 0) return { memory: known, placed: undefined };
    const signers = await this.#signers(state);
    const { edge, register, closedAt } = await remember(tx, known, state.size);

    const lists = new ListEnds();
    const events = await read(staged, lists);
    lists.load(await bucketsAt(tx, lists.expectedBuckets()));
    const rows = new EventRows();
    for (let from = 0; from < events.length; from += atOnce) {
      const { placed, leaves } = placeEvents(events.slice(from, from + atOnce), state.size + from, lists);
      for (const leaf of leaves) edge.append(leaf);
      rows.add(placed);
      await othersFirst();
    }
    const changed = lists.changed();
    for (const { bucket, hash } of changed) register.set(bucket, hash);
    for (const _ of register.hashed(hashesAtOnce)) await othersFirst();

    const atMs = Math.max(this.#clock().getTime(), closedAt);
    const root = register.root();
    edge.append(leafHash(closingLeaf({ register: root, atMs })));
    const text = checkpointText({
      origin: state.origin,
      size: edge.size,
      root: Uint8Array.from(edge.root()),
    });
    const note = `${text}\n${signers.map((signer) => signer.sign(text)).join('')}`;
    tx.sendCopies(rows.parts());
    putBuckets(tx, changed);
    putTiles(tx, edge.takeChanged());
    putClosing(tx, { size: edge.size, at: new Date(atMs), register: Buffer.from(root), note });
    removeStaged(tx, staged);
    return {
      memory: { edge, register, closedAt: atMs },
      placed: { events: events.length, size: edge.size, note },
    };
  }

  async #signers({ origin, keyId, formerKeyId }: LogState): Promise<Signer[]> {
    const signer = await this.#keys.logSigner(origin, keyId);
    if (signer === undefined)
      throw new Problem('audit/no-key', 500, 'The private key of the audit log is not in this data folder.', {
        wayOut:
          'Copy the folder audit-keys from the server that made the log. Until then events wait, durably.',
      });
    const former = formerKeyId === null ? undefined : await this.#keys.logSigner(origin, formerKeyId);
    return former === undefined ? [signer] : [signer, former];
  }
}

/** The events of staged rows. Their lists are named. */
async function read(staged: readonly StagedRow[], lists: ListEnds): Promise<StagedEvent[]> {
  const events: StagedEvent[] = [];
  let named = 0;
  for (const row of staged) {
    for (const each of JSON.parse(row.events) as StagedEvent[]) events.push(each);
    for (; named < events.length; named++) {
      const { event } = events[named]!;
      lists.expect('user', event.user);
      if (event.person !== undefined) lists.expect('person', event.person);
      if (named % atOnce === atOnce - 1) await othersFirst();
    }
  }
  return events;
}

/** Brings what is known up to date: at the start, and when another process has placed events. */
async function remember(tx: Tx, known: Memory | undefined, size: number): Promise<Memory> {
  if (known?.edge.size === size) return known;
  const register = known?.register ?? new RegisterTree();
  await refreshRegister(tx, register, { from: known?.edge.size ?? 0, to: size });
  const last = await lastClosing(tx);
  const edge = new TileEdge(size, await tilesNamed(tx, openTiles(size)));
  return { edge, register, closedAt: last?.at.getTime() ?? 0 };
}
