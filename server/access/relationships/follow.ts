import type { Clock } from '../../platform/clock.ts';
import type { Db, Queryable, Tx } from '../../platform/db/index.ts';
import { regularly, type Regular } from '../../platform/regularly.ts';
import type { Directory, Reference } from './from-resource.ts';
import { keepRelationships } from './keep.ts';
import { changesSince, setSettled, settledBefore, takePart, type Changed } from './outbox.ts';
import type { Version } from './over-time.ts';
import { referencesIn } from './references.ts';

/** Types of resources that relationships rest on. */
export const evidenceTypes = ['CareTeam', 'Encounter', 'EpisodeOfCare', 'Patient', 'ServiceRequest'];

/** What following needs of the rooms above. */
export type Followed = {
  /**
   * Every version of these patients' resources of these types, those of each resource in order. A patient whom one of them was
   * moved away from is in the answer too.
   */
  versionsOf(
    db: Queryable,
    patientIds: readonly string[],
    types: readonly string[],
  ): Promise<Map<string, Version[]>>;
  /** Who these references mean. */
  directoryOf(references: readonly Reference[]): Promise<Directory>;
};

type Following = Followed & { db: Db; clock: Clock };

const changesAtOnce = 500;
const patientsAtOnce = 200;

/**
 * Keeps relationships as the record changes, from wherever it stopped, until stopped itself. Each look is one transaction for
 * some patients; of several processes one looks at a time. What was looked at twice changes nothing.
 */
export class Follower {
  readonly #parts: Following;
  /** Changes that were followed and may be read once more, by when they were made. */
  readonly #done = new Map<string, string>();

  constructor(parts: Following) {
    this.#parts = parts;
  }

  /** Follows all that has changed. Gives how many changes of records were looked at, or undefined when another process does it. */
  async look(): Promise<number | undefined> {
    const { db, clock } = this.#parts;
    const settled = await settledBefore(db, clock());
    let looked = 0;
    let last: Changed | undefined;
    for (;;) {
      const read = await db.transaction(async (tx) => {
        const since = await takePart(tx);
        if (since === undefined) return undefined;
        const page = await changesSince(tx, since, last, changesAtOnce);
        const fresh = page.filter((each) => !this.#done.has(nameOf(each)));
        await this.#keep(tx, fresh);
        const isLast = page.length < changesAtOnce;
        const upTo = isLast ? settled : (page.at(-1)?.created ?? settled);
        await setSettled(tx, Date.parse(upTo) < Date.parse(settled) ? upTo : settled);
        return { page, fresh, isLast };
      });
      if (read === undefined) return undefined;
      for (const each of read.fresh) this.#done.set(nameOf(each), each.created);
      looked += read.fresh.length;
      last = read.page.at(-1);
      if (read.isLast) break;
    }
    this.#forget(settled);
    return looked;
  }

  async #keep(tx: Tx, changes: readonly Changed[]): Promise<void> {
    const patients = new Map<string, Set<string>>();
    for (const { streamId, types } of changes) {
      const ours = types.filter((type) => evidenceTypes.includes(type));
      if (ours.length === 0) continue;
      const known = patients.get(streamId) ?? new Set();
      for (const type of ours) known.add(type);
      patients.set(streamId, known);
    }
    const bySort = Map.groupBy(patients, ([, types]) => [...types].sort().join(' '));
    for (const [sort, group] of bySort) {
      const ids = group.map(([id]) => id);
      for (let from = 0; from < ids.length; from += patientsAtOnce)
        await this.#keepSome(tx, ids.slice(from, from + patientsAtOnce), sort.split(' '));
    }
  }

  async #keepSome(tx: Tx, ids: readonly string[], types: readonly string[]): Promise<void> {
    const { versionsOf, directoryOf, clock } = this.#parts;
    const found = await versionsOf(tx, ids, types);
    const patients = new Map([...ids.map((id) => [id, [] as Version[]] as const), ...found]);
    const resources = [...patients.values()].flat().flatMap(({ resource }) => resource ?? []);
    const directory = await directoryOf(resources.flatMap(referencesIn));
    await keepRelationships(tx, { types, patients }, directory, { by: 'record', at: clock() });
  }

  #forget(settled: string): void {
    const before = Date.parse(settled);
    for (const [name, created] of this.#done) if (Date.parse(created) < before) this.#done.delete(name);
  }
}

/** Follows the record until stopped, looking several times a second. */
export function followRecord(
  parts: Following,
  { onError, everyMs = 200 }: { onError: (error: unknown) => void; everyMs?: number },
): Regular {
  const follower = new Follower(parts);
  return regularly(() => follower.look(), { everyMs, onError });
}

const nameOf = ({ streamId, seq }: Changed): string => `${streamId}/${seq}`;
