import { shippedPolicy } from '../../access/index.ts';
import { odsSystem, type Organisations } from '../../organisations/index.ts';
import type { EventRow } from '../../audit/index.ts';
import { writtenHereBy } from '../../record/store/index.ts';
import type { Names } from './rules.ts';

let roles: Map<string, string> | undefined;

/** What a role is called. */
export function roleName(code: string): string | undefined {
  roles ??= new Map(
    shippedPolicy().profiles.flatMap((profile) =>
      profile.roles.map(({ code: each, name }) => [each, name.replace(/ Access Role$/, '')]),
    ),
  );
  return roles.get(code);
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
  events: readonly EventRow[],
  organisations: Organisations,
  day: string,
): Promise<Names> {
  const names = new Map<string, string>();
  for (const code of codesIn(events)) {
    const id = await idOf(code, organisations);
    const found = id === undefined ? undefined : await organisations.findOrganisation(id, day);
    if (found !== undefined) names.set(code, found.name);
  }
  return { organisation: (code) => names.get(code), role: roleName };
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Who answers for what staff of an organisation did, as sources name it. */
export const sourceOf = (code: string): string =>
  isUuid(code) ? writtenHereBy(code) : `${odsSystem}/${code}`;
