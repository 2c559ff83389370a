import type { Tx } from '../../platform/db/index.ts';
import type { Said } from '../store/deliveries.ts';
import { identified, identifierKey, identify } from '../store/identify.ts';
import { saveFacts, type Saved } from '../store/save.ts';
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
  /** `all`: what the source no longer says is withdrawn. `mentioned`: only of the organisations that are mentioned. */
  covers: 'all' | 'mentioned';
  /** The tables it speaks of; all of them without this. */
  tables?: readonly FactKind[];
};

/** Stores what a source says of organisations. Gives the ids of those it named, in their order. */
export async function saveOrganisations(
  tx: Tx,
  said: Said,
  deliveryId: string,
  { organisations, successions = [], covers, tables = aboutOrganisations }: SaidTogether,
): Promise<Saved & { ids: OrganisationId[] }> {
  const ids = await identify(
    tx,
    organisations.map(({ identifiers }) => ({ key: identifierKey(identifiers[0]), identifiers })),
    deliveryId,
  );
  const references = [
    ...organisations.flatMap(({ memberships }) => memberships.map(({ body }) => body)),
    ...successions.flatMap(({ predecessors, heirs, taken }) => [
      ...predecessors,
      ...heirs,
      ...taken.flatMap((each) => each.organisations),
    ]),
  ];
  const known = await identified(tx, references);
  const find = (reference: Reference): OrganisationId => {
    const id = known.get(identifierKey(reference));
    if (id === undefined) throw unknownReference(reference);
    return id;
  };
  const named = organisations.map((organisation) => ({
    id: ids.get(identifierKey(organisation.identifiers[0]))!,
    organisation,
  }));
  const all = factsOf(named, successions, find);
  const facts = Object.fromEntries(tables.map((table) => [table, all[table]]));
  const mentioned = [...new Set(named.map(({ id }) => id))];
  const saved = await saveFacts(tx, said, deliveryId, facts, covers === 'mentioned' ? mentioned : undefined);
  return { ...saved, ids: named.map(({ id }) => id) };
}
