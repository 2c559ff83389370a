import { machineViewing, type Changed, type Viewing } from '../../access/index.ts';
import { logState, stagedRows, Stager, type Happening } from '../../audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { CopyPart, Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { operator, type Operator } from './who.ts';

/** What a command does, for the audit log: without who and when. */
export type Act = Pick<Happening, 'kind' | 'resource' | 'rule' | 'person' | 'organisation'> & {
  /** The single thing that is shown or changed. */
  target?: string | undefined;
  /** What was asked for, or how much was done. */
  query?: string | undefined;
  reason?: string | undefined;
};

/** How a command is put on record. Where nobody ever signed in to the database there is no log, and it does nothing. */
export type CommandRecord = {
  /** True where there is a log. */
  readonly isKept: boolean;
  readonly who: Operator;
  /** Makes acts durable before anything of them is shown. Rejects where it cannot: then nothing is to be shown. */
  note(...acts: readonly Act[]): Promise<void>;
  /** Makes acts part of a transaction: they are on record exactly when it commits. */
  put(tx: Tx, ...acts: readonly Act[]): void;
  /** For rooms that put what they change on record by the viewing of whoever asks. It sees all. */
  readonly viewing: Viewing;
};

/** Opens what puts a command on record. The server gives the events their places, as it does with all that wait. */
export async function openRecord(db: Db, said?: string): Promise<CommandRecord> {
  const who = operator(said);
  const isKept = (await logState(db)) !== undefined;
  const request = newId();
  const happeningOf = (act: Act): Happening => happeningBy(who, act, request);
  const rows = (acts: readonly Act[]): CopyPart[] =>
    isKept ? stagedRows(acts.map(happeningOf), request) : [];
  const stager = new Stager(db);
  return {
    isKept,
    who,
    note: async (...acts) => {
      if (!isKept || acts.length === 0) return;
      await stager.note(acts.map(happeningOf)).catch((cause: unknown) => {
        throw notNoted(cause);
      });
    },
    put: (tx, ...acts) => tx.sendCopies(rows(acts)),
    viewing: isKept
      ? {
          ...machineViewing,
          changes: (changed) => ({ rows: () => rows(actsOf(changed)), committed: () => undefined }),
        }
      : machineViewing,
  };
}

const notNoted = (cause: unknown): Problem =>
  new Problem('audit/not-noted', 503, 'This could not be put on record, so nothing is shown.', {
    wayOut: 'See ./openics doctor, then try again.',
    cause,
  });

function happeningBy(
  { user, purpose, userName }: Operator,
  { target, query, reason, ...act }: Act,
  request: string,
): Happening {
  const particulars = {
    ...(userName === undefined ? {} : { userName }),
    ...(target === undefined ? {} : { target }),
    ...(query === undefined ? {} : { query }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { ...act, user, purpose, at: systemClock(), outcome: 'permitted', request, particulars };
}

/** Changes of one kind to one person's record are one act, whatever types they touch. */
const actsOf = (changed: readonly Changed[]): Act[] =>
  [...Map.groupBy(changed, ({ kind, person, rule }) => `${kind} ${person} ${rule}`).values()].map((same) => {
    const { kind, person, type, rule, reason } = same[0]!;
    return {
      kind,
      resource: same.every((each) => each.type === type) ? type : 'record',
      ...(rule === undefined ? {} : { rule }),
      ...(person === undefined ? {} : { person }),
      reason,
    };
  });
