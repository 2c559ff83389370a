/** Who the record is about, from every patient record that is linked to the person. */
import type { Address, HumanName, Patient } from '@medplum/fhirtypes';
import type { Behind } from '../../organisations/index.ts';
import {
  isNhsNumber,
  nhsNumberSystem,
  observed,
  survivors,
  type Demographics,
  type SourceKind,
  type Statement,
  type Survivor,
} from '../../people/index.ts';
import { plainWording } from './reading/codes.ts';
import { sourceOf } from './reading/sources.ts';
import type { Lookup } from './reading/references.ts';
import type { Banner, Filed } from './types.ts';

type Said = { patient: Patient; source: string; statement: Statement };

/** Marks of people who are made up: a test-data label, and the generator whose people are all invented. */
const testLabel = 'HTEST';
const madeUpSystems = new Set(['https://github.com/synthetichealth/synthea']);

/** NHS numbers that start with 999 are never given to anyone. Source: NHS England, test data guidance. */
const testNumber = /^999/;

/**
 * The person's banner. Each field comes from the source nearest to the national record that has it, then from the newest; where
 * others differ, the difference is listed with who says what. Where any source protects the whereabouts, or `isProtected` says that
 * one that is not at hand does, neither address nor phone is given.
 */
export function bannerOf(patients: Filed[], lookup: Lookup, isProtected = false): Banner {
  const said = patients.map((filed): Said => {
    const patient = filed.resource as unknown as Patient;
    return {
      patient,
      source: sourceOf(filed, lookup).name,
      statement: {
        patient: observed(patient.id ?? '', filed.resource),
        kind: kindOf(filed.behind),
        said: new Date(filed.lastUpdated),
      },
    };
  });
  const best = survivors(said.map(({ statement }) => statement));
  const restricted = isProtected || best.restricted;
  const of = (survivor: Survivor<unknown> | undefined): Patient | undefined =>
    said.find(({ patient }) => patient.id === survivor?.from)?.patient;
  const names = distinct([of(best.name), ...said.map(({ patient }) => patient)].map(usualName));
  const others = distinct(said.flatMap(({ patient }) => (patient.name ?? []).map(nameText)));
  const numbers = said.flatMap(({ patient }) => nhsNumbers(patient));
  return {
    name: names[0] ?? 'Name not recorded',
    otherNames: others.filter((name) => !same(name, names[0])),
    ...(best.birthDate === undefined ? {} : { born: best.birthDate.value }),
    ...(best.deathDate === undefined ? {} : { died: best.deathDate.value }),
    dead: said.some(
      ({ patient }) => patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
    ),
    ...(best.sex === undefined ? {} : { sex: best.sex.value }),
    nhsNumbers: distinct([best.nhsNumber?.value, ...numbers]),
    ...(restricted ? {} : whereabouts(best, of)),
    restricted,
    test: said.some(({ patient }) => isMadeUp(patient)),
    differences: [
      difference(said, 'name', usualName),
      difference(said, 'born', ({ birthDate }) => birthDate),
      difference(said, 'died', ({ deceasedDateTime }) => deceasedDateTime),
      difference(said, 'sex', ({ gender }) => gender),
      difference(said, 'nhsNumber', (patient) => nhsNumbers(patient)[0]),
      restricted ? undefined : difference(said, 'address', homeAddress),
    ].filter((each) => each !== undefined),
    sources: distinct(said.map(({ source }) => source)),
  };
}

function whereabouts(
  { address, phone }: Demographics,
  of: (survivor: Survivor<unknown> | undefined) => Patient | undefined,
): Pick<Banner, 'address' | 'phone'> {
  const text = homeAddress(of(address));
  return {
    ...(text === undefined ? {} : { address: text }),
    ...(phone === undefined ? {} : { phone: phone.value }),
  };
}

/** NHS England runs the Personal Demographics Service; X26 is its code. Source: NHS England, Organisation Data Service. */
const nationalCode = 'X26';

/** How near an organisation is to the national record. */
function kindOf(behind: Behind | undefined): SourceKind {
  if (behind?.code === nationalCode) return 'national';
  switch (behind?.kind) {
    case 'gp-practice':
      return 'gp';
    case 'nhs-trust':
    case 'ambulance-trust':
      return 'trust';
    case 'council':
      return 'council';
    default:
      return 'other';
  }
}

function difference(said: Said[], field: string, read: (patient: Patient) => string | undefined) {
  const values = new Map<string, { value: string; sources: string[] }>();
  for (const { patient, source } of said) {
    const value = read(patient);
    if (value === undefined) continue;
    const known = values.get(plainWording(value)) ?? { value, sources: [] };
    if (!known.sources.includes(source)) known.sources.push(source);
    values.set(plainWording(value), known);
  }
  return values.size > 1 ? { field, values: [...values.values()] } : undefined;
}

function usualName(patient: Patient | undefined): string | undefined {
  const names = patient?.name ?? [];
  const current = names.filter(
    (name) => name.use !== 'old' && name.use !== 'nickname' && name.use !== 'maiden',
  );
  const best =
    current.find((name) => name.use === 'official' || name.use === 'usual') ?? current[0] ?? names[0];
  return nameText(best);
}

/** A name as people say it: title, given names, family name. */
export function nameText(name: HumanName | undefined): string | undefined {
  if (name === undefined) return undefined;
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), name.family, ...(name.suffix ?? [])];
  return parts.filter(Boolean).join(' ') || name.text;
}

function nhsNumbers(patient: Patient): string[] {
  return (patient.identifier ?? [])
    .filter((identifier) => identifier.system === nhsNumberSystem && identifier.use !== 'old')
    .map((identifier) => identifier.value?.replaceAll(' ', '') ?? '')
    .filter(isNhsNumber);
}

function homeAddress(patient: Patient | undefined): string | undefined {
  const addresses = patient?.address?.filter((address) => address.use !== 'old') ?? [];
  return addressText(addresses.find((address) => address.use === 'home') ?? addresses[0]);
}

function addressText(address: Address | undefined): string | undefined {
  if (address === undefined) return undefined;
  const parts = [...(address.line ?? []), address.city, address.district, address.state, address.postalCode];
  return distinct(parts).join(', ') || address.text;
}

function isMadeUp(patient: Patient): boolean {
  const labels = [...(patient.meta?.security ?? []), ...(patient.meta?.tag ?? [])];
  return (
    labels.some((label) => label.code === testLabel) ||
    nhsNumbers(patient).some((number) => testNumber.test(number)) ||
    (patient.identifier ?? []).some((identifier) => madeUpSystems.has(identifier.system ?? ''))
  );
}

function distinct(values: (string | undefined)[]): string[] {
  const known = new Map<string, string>();
  for (const value of values)
    if (value !== undefined && value !== '' && !known.has(plainWording(value)))
      known.set(plainWording(value), value);
  return [...known.values()];
}

function same(a: string, b: string | undefined): boolean {
  return b !== undefined && plainWording(a) === plainWording(b);
}
