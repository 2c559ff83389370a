import { followRecord, type Directory, type Evidence, type Reference } from './access/index.ts';
import {
  createOrganisations,
  dayOf,
  localSystem,
  odsSystem,
  type Day,
  type Organisations,
} from './organisations/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Db } from './platform/db/index.ts';
import { versionsOf } from './record/operations/index.ts';

/** Keeps relationships as the record changes: who is admitted, referred, registered, in a team or on a caseload. */
export function keepRelationshipsOfRecord(
  { db, clock }: { db: Db; clock: Clock },
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  return followRecord({ db, clock, ...followedRecord(db, clock) }, { onError });
}

/** What following needs of the record and of the organisations. */
export function followedRecord(db: Db, clock: Clock) {
  const organisations = createOrganisations(db);
  return {
    async versionsOf(
      reader: Parameters<typeof versionsOf>[0],
      ids: readonly string[],
      types: readonly string[],
    ) {
      const found = await versionsOf(reader, ids, types);
      return new Map(
        [...found].map(([id, versions]) => [
          id,
          versions.map(({ name, at, resource }) => ({
            evidence: name,
            at,
            resource: resource as Evidence | undefined,
          })),
        ]),
      );
    },
    directoryOf: (references: readonly Reference[]) => directoryOf(organisations, references, dayOf(clock())),
  };
}

/** Users as the national directory numbers them: what a reference to a practitioner may carry. Source: UK Core Practitioner. */
const sdsUser = 'https://fhir.hl7.org.uk/Id/sds-user-id';

async function directoryOf(
  organisations: Organisations,
  references: readonly Reference[],
  today: Day,
): Promise<Directory> {
  const known = new Map<string, string>();
  for (const reference of references) {
    const key = keyOf(reference);
    if (known.has(key)) continue;
    const id = await organisationOf(organisations, reference, today);
    if (id !== undefined) known.set(key, id);
  }
  return {
    organisation: (reference) => known.get(keyOf(reference)),
    user: ({ identifier }) => (identifier?.system === sdsUser ? identifier.value : undefined),
  };
}

/** By its code, by the name a source has for it, or as a resource of the directory, whose id is that of the organisation. */
async function organisationOf(
  organisations: Organisations,
  { reference, identifier }: Reference,
  today: Day,
): Promise<string | undefined> {
  const { system, value } = identifier ?? {};
  if (value !== undefined) {
    if (system === undefined) return organisations.organisationBySource(value);
    const isOurs = system === odsSystem || system.endsWith(localSystem(''));
    return isOurs ? organisations.organisationByIdentifier({ system, value }) : undefined;
  }
  const id = /^Organization\/([0-9a-f-]{36})$/.exec(reference ?? '')?.[1];
  return id === undefined ? undefined : (await organisations.findOrganisation(id, today))?.id;
}

const keyOf = ({ reference, identifier }: Reference): string =>
  JSON.stringify([reference, identifier?.system, identifier?.value]);
