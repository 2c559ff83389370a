import { wrong, type OrganisationsFile } from '../local-format.ts';
import { localAreaSystem, localSystem, odsSystem, onsSystem, type Identifier } from '../names.ts';
import type { Span } from '../types.ts';
import { nothingSaid, type OrganisationSaid, type Reference, type SuccessionSaid } from './said.ts';

type Told = OrganisationsFile['organisations'][number];
type Event = NonNullable<OrganisationsFile['events']>[number];

const spanOf = ({ from, to }: { from?: string; to?: string }): Span => ({
  from: from ?? null,
  to: to ?? null,
});

/** What a file of organisations says. Throws a Problem that names the place where two things do not fit together. */
export function organisationsIn(
  file: OrganisationsFile,
  name: string,
): { organisations: OrganisationSaid[]; successions: SuccessionSaid[] } {
  const ids = new Set<string>();
  for (const [index, { id }] of file.organisations.entries()) {
    if (ids.has(id)) throw wrong(name, `/organisations/${index}/id`, 'This id was given to another before.');
    ids.add(id);
  }
  const toReference = (text: string, path: string): Reference => ({
    ...meant(text, ids, file.source),
    place: `${name}, ${path}`,
  });
  return {
    organisations: file.organisations.map((told, index) =>
      organisationIn(told, file.source, name, `/organisations/${index}`, toReference),
    ),
    successions: (file.events ?? []).map((event, index) =>
      successionIn(event, name, `/events/${index}`, toReference),
    ),
  };
}

type ToReference = (text: string, path: string) => Reference;

/** What a name in the file means: a national code, an organisation of the file, else an area of the same source. */
function meant(text: string, ids: ReadonlySet<string>, source: string): Identifier {
  if (text.startsWith('ods:')) return { system: odsSystem, value: text.slice(4) };
  if (text.startsWith('ons:')) return { system: onsSystem, value: text.slice(4) };
  return { system: ids.has(text) ? localSystem(source) : localAreaSystem(source), value: text };
}

function organisationIn(
  told: Told,
  source: string,
  name: string,
  at: string,
  toReference: ToReference,
): OrganisationSaid {
  const ods = told.odsCode === undefined ? [] : [{ system: odsSystem, value: told.odsCode }];
  const said = nothingSaid(
    { system: localSystem(source), value: told.id },
    ...ods,
    ...(told.identifiers ?? []),
  );
  said.descriptions.push({
    kind: told.kind,
    name: told.name,
    status: told.status ?? 'active',
    ...spanOf(told),
  });
  for (const [index, one] of (told.memberships ?? []).entries()) {
    const body = toReference(one.body, `${at}/memberships/${index}/body`);
    said.memberships.push({ body, kind: one.kind, ...spanOf(one) });
  }
  said.sites = (told.sites ?? []).map((site, index) => ({
    key: site.id ?? String(index + 1),
    name: site.name,
    address: site.address ?? [],
    postcode: site.postcode,
    point: site.point ?? null,
    ...spanOf(site),
  }));
  said.services = (told.services ?? []).map((service, index) => {
    const site = service.site ?? null;
    if (site !== null && !said.sites.some(({ key }) => key === site))
      throw wrong(name, `${at}/services/${index}/site`, 'This organisation has no such site.');
    return {
      key: `${service.kind}-${index + 1}`,
      kind: service.kind,
      name: service.name,
      site,
      ...spanOf(service),
    };
  });
  said.contacts = (told.contacts ?? []).map((one) => ({ kind: one.kind, value: one.value, ...spanOf(one) }));
  said.posts = (told.roles ?? []).map((one) => ({
    role: one.role,
    person: one.person ?? null,
    phone: one.phone ?? null,
    email: one.email ?? null,
    ...spanOf(one),
  }));
  said.feed = told.feed;
  return said;
}

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** How many heirs each kind of event has. */
const heirCount = {
  merge: [1, 1],
  split: [2, Infinity],
  transfer: [1, 1],
  rename: [0, 0],
  close: [0, 0],
} as const;

function successionIn(event: Event, name: string, at: string, toReference: ToReference): SuccessionSaid {
  const heirs = listOf(event.to);
  const [fewest, most]: readonly [number, number] = heirCount[event.kind];
  if (heirs.length < fewest || heirs.length > most)
    throw wrong(name, `${at}/to`, `A ${event.kind} has ${countWords(fewest, most)}.`);
  if ((event.kind === 'rename') !== (event.name !== undefined))
    throw wrong(name, `${at}/name`, 'A rename, and only a rename, has a new name.');
  return {
    kind: event.kind,
    on: event.on,
    predecessors: listOf(event.from).map((id, index) => toReference(id, `${at}/from/${index}`)),
    heirs: heirs.map((id, index) => toReference(id, `${at}/to/${index}`)),
    taken: takenIn(event, heirs, name, at, toReference),
    newName: event.name ?? null,
  };
}

function countWords(fewest: number, most: number): string {
  if (most === 0) return 'no heir';
  return most === 1 ? 'one heir' : `${fewest} or more heirs`;
}

function takenIn(
  { kind, takes }: Event,
  heirs: string[],
  name: string,
  at: string,
  toReference: ToReference,
): SuccessionSaid['taken'] {
  if (takes === undefined) {
    if (kind === 'transfer') throw wrong(name, `${at}/takes`, 'A transfer says what it moves.');
    return [];
  }
  if (kind !== 'split' && kind !== 'transfer')
    throw wrong(name, `${at}/takes`, 'Only a split or a transfer says who is taken.');
  const byHeir = Array.isArray(takes) ? { [heirs[0]!]: takes } : takes;
  const stranger = Object.keys(byHeir).find((heir) => !heirs.includes(heir));
  if (stranger !== undefined) throw wrong(name, `${at}/takes/${stranger}`, 'This is no heir of this event.');
  return heirs.map((heir) => {
    const members = byHeir[heir] ?? [];
    return members.map((each, index) => toReference(each, `${at}/takes/${heir}/${index}`));
  });
}
