import type { Clock } from '../../platform/clock.ts';
import type { CopyPart, Db, DbOptions, Tx } from '../../platform/db/index.ts';
import type { Happening } from '../types.ts';
import { runApart } from './apart.ts';
import { Keys } from './keys.ts';
import { runSequencer } from './running.ts';
import { Sequencer } from './sequencer.ts';
import { append, stagedRows } from './stage.ts';
import { Stager } from './stager.ts';
import { backlog, logState } from './store.ts';

/** The log of all accesses. */
export type AuditLog = {
  readonly origin: string;
  readonly keys: Keys;
  /** Makes accesses durable: resolves when they are, so that the answer may leave. Many that wait share one commit. */
  note(...happenings: readonly Happening[]): Promise<void>;
  /** Makes acts part of a transaction: they are on record exactly when it commits. `streamId` says beside which rows they lie. */
  append(tx: Tx, happenings: readonly Happening[], streamId: string): Promise<void>;
  /** The same as rows, to be sent in one message with others. */
  rows(happenings: readonly Happening[], streamId: string): CopyPart[];
  /** Places all that waits now and signs it, as else happens within a second. Gives how many events. */
  placeAll(): Promise<number>;
  /** How long the log is, how much waits for a place, and since when. */
  state(): Promise<{ size: number; waitingRows: number; waitingSince: Date | undefined }>;
  stop(): Promise<void>;
};

/**
 * Opens the log of this database, and begins it at the first call ever. From then on this process takes its part in placing
 * events, until `stop`.
 */
export async function openAuditLog(options: {
  db: Db;
  clock: Clock;
  dataDir: string;
  /** What the log calls itself when it begins: an address without scheme, such as `ics.example.nhs.uk/audit`. */
  origin?: string;
  /** Over such connections a thread of its own gives places, by the clock of this machine. Without them this thread does. */
  apart?: DbOptions['connection'] | undefined;
  onError: (error: unknown) => void;
  /** How often it looks for events to place. A second, unless a test would rather do it itself. */
  everyMs?: number;
}): Promise<AuditLog> {
  const { db, clock } = options;
  const keys = new Keys(db, options.dataDir, clock);
  const origin = await keys.begin(options.origin);
  const stager = new Stager(db);
  const running =
    options.apart === undefined
      ? runSequencer(new Sequencer(db, keys, clock), options)
      : runApart({ connection: options.apart, dataDir: options.dataDir }, options);
  return {
    origin,
    keys,
    note: (...happenings) => stager.note(happenings),
    append,
    rows: stagedRows,
    placeAll: running.placeAll,
    async state() {
      const [state, waiting] = await Promise.all([logState(db), backlog(db)]);
      return {
        size: state?.size ?? 0,
        waitingRows: waiting.rows,
        waitingSince: waiting.oldest === null ? undefined : timeIn(waiting.oldest),
      };
    },
    stop: running.stop,
  };
}

/** The moment in a UUID version 7: its first 48 bits. Source: RFC 9562, section 5.7. */
const timeIn = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
