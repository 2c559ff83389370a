import { rulesInForce } from '../../access/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { odsSystem, type Organisations } from '../../organisations/index.ts';
import type { EventRow } from '../../audit/index.ts';
import { writtenHereBy } from '../../record/store/index.ts';
import type { Names } from './rules.ts';

/** What roles are called, by the newest version of the policy that names them. */
async function roleNames(db: Queryable, day: string): Promise<Map<string, string>> {
  const { versions } = await rulesInForce(db, day);
  const roles = versions.toReversed().flatMap(({ profiles }) => profiles.flatMap((profile) => profile.roles));
  return new Map(roles.map(({ code, name }) => [code, name.replace(/ Access Role$/, '')]));
}

/** The organisation that a code in the log means: its id, or its ODS code. */
const idOf = (code: string, organisations: Organisations): Promise<string | undefined> =>
  isUuid(code)
    ? Promise.resolve(code)
    : organisations.organisationByIdentifier({ system: odsSystem, value: code });

const codesIn = (events: readonly EventRow[]): string[] => [
  ...new Set(events.flatMap(({ event }) => event.organisation ?? [])),
];

/** The ids of the organisations in these events, as far as they are known. */
export async function organisationIdsIn(
  events: readonly EventRow[],
  organisations: Organisations,
): Promise<string[]> {
  const ids = await Promise.all(codesIn(events).map((code) => idOf(code, organisations)));
  return ids.filter((id) => id !== undefined);
}

/** What the organisations and roles in these events are called on a day. An organisation may stand by its id or its ODS code. */
export async function namesIn(
  db: Queryable,
  events: readonly EventRow[],
  organisations: Organisations,
  day: string,
): Promise<Names> {
  const roles = await roleNames(db, day);
  const names = new Map<string, string>();
  for (const code of codesIn(events)) {
    const id = await idOf(code, organisations);
    const found = id === undefined ? undefined : await organisations.findOrganisation(id, day);
    if (found !== undefined) names.set(code, found.name);
  }
  return { organisation: (code) => names.get(code), role: (code) => roles.get(code) };
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Who answers for what staff of an organisation did, as sources name it. */
export const sourceOf = (code: string): string =>
  isUuid(code) ? writtenHereBy(code) : `${odsSystem}/${code}`;
