import type { Happening } from '../../audit/index.ts';
import type { FolderRecord, MessageDone } from '../../feeds/index.ts';
import { createOrganisations, odsCodeIn, organisationBehind } from '../../organisations/index.ts';
import { personOfEach } from '../../people/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import type { Counts } from '../../record/import/index.ts';
import type { Act, CommandRecord } from './open.ts';

/** Whom a load told of is remembered up to so many; beyond that it begins anew, and somebody may be told of twice. */
const mostTold = 500_000;

/**
 * Puts a load on record: each transaction as one event with its counts, and each person whose record it changes once for each source. So
 * it stands on the list of everybody it is about, and costs little. Undefined where there is no log.
 */
export function bulkRecord(record: CommandRecord, db: Db): FolderRecord | undefined {
  if (!record.isKept) return undefined;
  const told = new Told();
  return {
    messages(tx, done) {
      for (const [source, same] of Map.groupBy(done, ({ feed }) => feed.source)) {
        const persons = new Set(same.flatMap((each) => [...each.persons.keys()]));
        const fresh = told.fresh(tx, source, [...persons]);
        record.put(tx, ...actsOf({ source, organisation: odsCodeIn(source) }, countsOf(same), fresh));
      }
    },
    groupsOf(source) {
      const organisation = odsCodeIn(source);
      let known: Promise<string | undefined> | undefined;
      const said = async () => ({
        source,
        organisation: organisation ?? (await (known ??= organisationBehind(createOrganisations(db), source))),
      });
      return async (tx, done) => {
        const fresh = told.fresh(tx, source, done.patientIds);
        const links = await personOfEach(tx, fresh);
        const persons = new Set(fresh.map((id) => links.get(id) ?? id));
        record.put(tx, ...actsOf(await said(), textOf(done.counts), [...persons]));
      };
    },
  };
}

/** Who was told of, by source. What a transaction tells counts once it is committed. */
class Told {
  readonly #ids = new Map<string, Set<string>>();

  fresh(tx: Tx, source: string, ids: readonly string[]): string[] {
    let known = this.#ids.get(source);
    if (known === undefined || known.size > mostTold) this.#ids.set(source, (known = new Set()));
    const all = known;
    const fresh = ids.filter((id) => !all.has(id));
    tx.onEnd((outcome) => {
      if (outcome === 'committed') for (const id of fresh) all.add(id);
    });
    return fresh;
  }
}

/** Who says what is loaded: the organisation by its ODS code, else by its id, where it is known. */
type Said = { source: string; organisation: string | undefined };

function actsOf({ source, organisation }: Said, counts: string, persons: readonly string[]): Act[] {
  const base: Pick<Happening, 'kind' | 'rule' | 'organisation'> = {
    kind: 'create',
    rule: 'loaded',
    ...(organisation === undefined ? {} : { organisation }),
  };
  return [
    { ...base, resource: 'load', target: source, query: counts },
    ...persons.map((person) => ({ ...base, resource: 'record', person })),
  ];
}

const countsOf = (done: readonly MessageDone[]): string =>
  [...Map.groupBy(done, ({ act }) => act)].map(([act, { length }]) => `${length} ${act}`).join(', ');

const textOf = (counts: Counts): string =>
  Object.entries(counts)
    .flatMap(([type, outcomes]) => Object.entries(outcomes).map(([what, n]) => `${n} ${type} ${what}`))
    .join(', ');
