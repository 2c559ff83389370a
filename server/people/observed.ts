/** Reads from a Patient resource what bears on who it is. Unusable values are left out, never guessed. */
import type { Address } from './matching/index.ts';
import { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
import type { ObservedPatient } from './types.ts';

type Json = { readonly [element: string]: unknown };

/** `resource` is undefined when the Patient was deleted. */
export function observed(patientId: string, resource: Json | undefined): ObservedPatient {
  if (resource === undefined) return { patientId, active: false };
  const names = nodes(resource['name']);
  const current = names.filter(({ use }) => !formerUses.has(use));
  const main = current.find(({ use }) => use === 'official' || use === 'usual') ?? current[0] ?? names[0];
  const addresses = nodes(resource['address']);
  const telecom = nodes(resource['telecom']);
  return {
    patientId,
    active: true,
    source: text(node(resource['meta'])['source']) ?? '',
    restricted: isRestricted(resource),
    nhsNumber: nhsNumberOf(resource),
    family: texts([main?.['family']]),
    given: texts(main?.['given']),
    fullNames: main?.['family'] === undefined ? texts([main?.['text']]) : [],
    previousNames: names.filter((name) => name !== main).map(previousName),
    birthDate: text(resource['birthDate']),
    deathDate: text(resource['deceasedDateTime']),
    sex: text(resource['gender']),
    addresses: [...addresses].sort((a, b) => age(a) - age(b)).map(addressOf),
    phones: telecom.filter(({ system }) => system === 'phone' || system === 'sms').flatMap(valueOf),
    emails: telecom.filter(({ system }) => system === 'email').flatMap(valueOf),
  };
}

const formerUses: ReadonlySet<unknown> = new Set(['old', 'maiden', 'nickname', 'anonymous']);

function previousName(name: Json): { family: string | undefined; given: string | undefined } {
  const given = texts(name['given']).join(' ');
  return { family: text(name['family']), given: given === '' ? undefined : given };
}

function addressOf(address: Json): Address {
  const period = node(address['period']);
  return {
    lines: texts(address['line']),
    place: text(address['city']) ?? text(address['district']),
    postcode: text(address['postalCode']),
    from: text(period['start']),
    to: text(period['end']),
  };
}

/** Where an address stands when the newest comes first: the home of today, other addresses of today, past ones. */
function age(address: Json): number {
  if (address['use'] === 'old' || node(address['period'])['end'] !== undefined) return 2;
  return address['use'] === 'home' ? 0 : 1;
}

function nhsNumberOf(resource: Json): string | undefined {
  return nodes(resource['identifier'])
    .filter(({ system, use }) => system === nhsNumberSystem && use !== 'old' && use !== 'temp')
    .flatMap(valueOf)
    .map((value) => value.replaceAll(' ', ''))
    .find(isNhsNumber);
}

/** Marks of a person whose whereabouts are protected: a confidentiality above normal. Source: PDS FHIR API, restricted patients. */
function isRestricted(resource: Json): boolean {
  return nodes(node(resource['meta'])['security']).some(({ code }) => code === 'R' || code === 'V');
}

const valueOf = (each: Json): string[] => texts([each['value']]);

function nodes(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function node(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string' && each !== '') : [];
}
