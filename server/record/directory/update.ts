import {
  changeNumber,
  createOrganisations,
  dayOf,
  directoryEntries,
  organisationIds,
  type Day,
  type Organisations,
} from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Store } from '../store/index.ts';
import type { Change, Delivery } from '../types.ts';
import { resourcesOf } from './resources.ts';
import {
  addEntries,
  directoryState,
  entriesOf,
  removeEntry,
  setDirectoryState,
  type Entry,
} from './store.ts';

export type DirectoryParts = { db: Db; store: Pick<Store, 'write'>; clock: Clock };

/** How many resources were written and deleted; nothing is counted that was right already. */
export type DirectoryUpdate = { written: number; deleted: number };

const nobody = '00000000-0000-0000-0000-000000000000';
const pageSize = 200;

const delivery: Delivery = {
  source: 'urn:openics:source:directory',
  channel: 'import',
  agent: 'organisations',
};

/**
 * Makes the record's Organization, Location, HealthcareService, OrganizationAffiliation and PractitionerRole resources those of the
 * organisations as they are believed today. Does nothing when neither they nor the day have changed. It can be stopped at any time and run again.
 */
export async function updateDirectory({ db, store, clock }: DirectoryParts): Promise<DirectoryUpdate> {
  const total = { written: 0, deleted: 0 };
  const day = dayOf(clock());
  const change = await changeNumber(db);
  const before = await directoryState(db);
  if (before?.change === change && before.day === day) return total;
  const organisations = createOrganisations(db);
  for (let after = nobody; ;) {
    const ids = await organisationIds(db, after, pageSize);
    if (ids.length === 0) break;
    const done = await updatePage({ db, store }, organisations, ids, day);
    total.written += done.written;
    total.deleted += done.deleted;
    after = ids.at(-1)!;
  }
  await setDirectoryState(db, { change, day });
  return total;
}

async function updatePage(
  { db, store }: Pick<DirectoryParts, 'db' | 'store'>,
  organisations: Organisations,
  ids: string[],
  day: Day,
): Promise<DirectoryUpdate> {
  const entries = await directoryEntries(db, await organisations.graph(), ids, day);
  const puts = entries.flatMap((entry) =>
    resourcesOf(entry, day).map((resource) => ({ organisationId: entry.id, resource })),
  );
  const wanted = new Map(puts.map((put) => [`${put.resource.resourceType}/${put.resource.id}`, put]));
  const gone = (await entriesOf(db, ids)).filter(({ type, id }) => !wanted.has(`${type}/${id}`));
  await addEntries(
    db,
    [...wanted.values()].map(({ organisationId, resource }): Entry => ({
      organisationId,
      type: resource.resourceType,
      id: resource.id!,
    })),
  );
  const changes: Change[] = [
    ...[...wanted.values()].map(({ resource }): Change => ({
      kind: 'put',
      type: resource.resourceType,
      id: resource.id!,
      resource,
    })),
    ...gone.map(({ type, id }): Change => ({ kind: 'delete', type, id })),
  ];
  const outcomes = await store.write(changes, delivery);
  for (const entry of gone) await removeEntry(db, entry);
  return {
    written: outcomes.filter(({ kind }) => kind === 'created' || kind === 'updated').length,
    deleted: outcomes.filter(({ kind }) => kind === 'deleted').length,
  };
}
