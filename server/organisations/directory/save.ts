import type { Tx } from '../../platform/db/index.ts';
import type { Identifier } from '../names.ts';
import type { Said } from '../store/deliveries.ts';
import { areasNamed, identified, identifierKey, identify } from '../store/identify.ts';
import { saveFacts, type Covers, type Saved } from '../store/save.ts';
import type { FactKind } from '../store/tables.ts';
import type { OrganisationId } from '../types.ts';
import { factsOf, unknownReference } from './facts-of.ts';
import type { OrganisationSaid, Reference, SuccessionSaid } from './said.ts';

const aboutOrganisations: readonly FactKind[] = [
  'description',
  'odsRole',
  'site',
  'service',
  'contact',
  'post',
  'feedNote',
  'membership',
  'succession',
];

export type SaidTogether = {
  organisations: readonly OrganisationSaid[];
  successions?: readonly SuccessionSaid[];
  /** Organisations of which the source takes back all. */
  deleted?: readonly Identifier[];
  /**
   * What is withdrawn when it is no longer said: all of the source under this head, all of the organisations that are mentioned, or the
   * memberships that are mentioned by their keys.
   */
  covers: 'all' | 'mentioned' | 'keys';
  /** The tables it speaks of; all of them without this. */
  tables?: readonly FactKind[];
};

/** Stores what a source says of organisations. Gives the ids of those it named, in their order. */
export async function saveOrganisations(
  tx: Tx,
  said: Said,
  deliveryId: string,
  { organisations, successions = [], deleted = [], covers, tables = aboutOrganisations }: SaidTogether,
): Promise<Saved & { ids: OrganisationId[] }> {
  const ids = await identify(
    tx,
    organisations.map(({ identifiers }) => ({ key: identifierKey(identifiers[0]), identifiers })),
    deliveryId,
  );
  const taken = successions.flatMap((each) => each.taken.flat());
  const known = await identified(tx, [...referencesIn(organisations, successions), ...taken, ...deleted]);
  const areas = await areasNamed(
    tx,
    taken.map(({ value }) => value),
  );
  const find = (reference: Reference): OrganisationId => {
    const id = known.get(identifierKey(reference));
    if (id === undefined) throw unknownReference(reference);
    return id;
  };
  const findTaken = (reference: Reference): string =>
    areas.has(reference.value) ? reference.value : find(reference);
  const named = organisations.map((organisation) => ({
    id: ids.get(identifierKey(organisation.identifiers[0]))!,
    organisation,
  }));
  const all = factsOf(named, successions, find, findTaken);
  const facts = Object.fromEntries(tables.map((table) => [table, all[table]]));
  const gone = deleted.map((each) => known.get(identifierKey(each))).filter((id) => id !== undefined);
  const saved = await saveFacts(tx, said, deliveryId, facts, coveredBy(covers, named, gone));
  return { ...saved, ids: named.map(({ id }) => id) };
}

function coveredBy(
  covers: SaidTogether['covers'],
  named: readonly { id: OrganisationId; organisation: OrganisationSaid }[],
  gone: readonly OrganisationId[],
): Covers {
  if (covers === 'all') return 'all';
  if (covers === 'mentioned')
    return { column: 'organisation_id', values: [...new Set([...named.map(({ id }) => id), ...gone])] };
  const keys = named.flatMap(({ organisation }) => organisation.memberships.map(({ key }) => key));
  return { column: 'said_key', values: keys.filter((key) => key !== undefined) };
}

const referencesIn = (
  organisations: readonly OrganisationSaid[],
  successions: readonly SuccessionSaid[],
): Reference[] => [
  ...organisations.flatMap(({ memberships }) => memberships.map(({ body }) => body)),
  ...successions.flatMap(({ predecessors, heirs }) => [...predecessors, ...heirs]),
];
