/** What reviewers see of two patients: their particulars side by side, and what speaks for and against. Pure. */
import { model } from '../candidates.ts';
import { compare, normalise, type Evidence, type Normalised } from '../matching/index.ts';
import type { ObservedPatient } from '../types.ts';

/** One side, in the words of its source. Where whereabouts are protected, address, phone and e-mail are left out. */
export type Side = {
  patientId: string;
  personId: string | null;
  source: string;
  /** What the organisation is called that the source names; null where none is known. */
  sourceName: string | null;
  restricted: boolean;
  fields: Record<FieldName, string[]>;
};

export const fieldNames = [
  'name',
  'otherNames',
  'birthDate',
  'deathDate',
  'sex',
  'nhsNumber',
  'address',
  'phone',
  'email',
] as const;
export type FieldName = (typeof fieldNames)[number];

export type Agreement = 'same' | 'partly' | 'different' | 'one-sided' | 'neither';

/** Fields that can tell where somebody lives. */
const whereabouts: ReadonlySet<FieldName> = new Set(['address', 'phone', 'email']);

export function sideOf(
  patient: ObservedPatient,
  personId: string | undefined,
  sourceNames: ReadonlyMap<string, string>,
): Side {
  const restricted = patient.restricted ?? false;
  const all: Record<FieldName, string[]> = {
    name: nameOf(patient),
    otherNames: (patient.previousNames ?? []).flatMap(({ given, family }) => joined([given, family])),
    birthDate: joined([patient.birthDate]),
    deathDate: joined([patient.deathDate]),
    sex: joined([patient.sex]),
    nhsNumber: joined([patient.nhsNumber]),
    address: (patient.addresses ?? []).map(({ lines = [], place, postcode }) =>
      [...lines, place, postcode].filter(Boolean).join(', '),
    ),
    phone: [...(patient.phones ?? [])],
    email: [...(patient.emails ?? [])],
  };
  const fields = Object.fromEntries(
    fieldNames.map((name) => [name, restricted && whereabouts.has(name) ? [] : all[name]]),
  ) as Record<FieldName, string[]>;
  return {
    patientId: patient.patientId,
    personId: personId ?? null,
    source: patient.source ?? '',
    sourceName: sourceNames.get(patient.source ?? '') ?? null,
    restricted,
    fields,
  };
}

function nameOf({ given = [], family = [], fullNames = [] }: ObservedPatient): string[] {
  const name = [...given, ...family].join(' ');
  return name === '' ? [...fullNames] : [name];
}

const joined = (parts: (string | undefined)[]): string[] => {
  const text = parts.filter(Boolean).join(' ');
  return text === '' ? [] : [text];
};

/** How two patients agree, field by field, in the form that is compared. */
export function agreements(a: ObservedPatient, b: ObservedPatient): Record<FieldName, Agreement> {
  const [x, y] = [normalise(a), normalise(b)];
  return {
    name: of([whole(x)], [whole(y)], sharesName(x, y)),
    otherNames: of(a.previousNames?.map(plain) ?? [], b.previousNames?.map(plain) ?? [], false),
    birthDate: of([x.birthDate], [y.birthDate], partsOfDate(x, y) >= 2),
    deathDate: of([x.deathDate], [y.deathDate], false),
    sex: of([x.sex], [y.sex], false),
    nhsNumber: of([x.nhsNumber], [y.nhsNumber], false),
    address: of([home(x)], [home(y)], sharesPostcode(x, y)),
    phone: of(x.phones ?? [], y.phones ?? [], false),
    email: of([x.email], [y.email], x.emailUser !== undefined && x.emailUser === y.emailUser),
  };
}

function of(a: (string | undefined)[], b: (string | undefined)[], partly: boolean): Agreement {
  const [x, y] = [a.filter((each) => each !== undefined), b.filter((each) => each !== undefined)];
  if (x.length === 0 && y.length === 0) return 'neither';
  if (x.length === 0 || y.length === 0) return 'one-sided';
  if (x.some((each) => y.includes(each))) return 'same';
  return partly ? 'partly' : 'different';
}

const whole = ({ given, middle = [], family }: Normalised): string | undefined =>
  given === undefined && family === undefined
    ? undefined
    : [given, ...middle, family].filter(Boolean).join(' ');

const plain = ({ given, family }: { given?: string | undefined; family?: string | undefined }): string =>
  [given, family].filter(Boolean).join(' ').toLowerCase();

const home = ({ house, street, postcode }: Normalised): string | undefined =>
  postcode === undefined && street === undefined
    ? undefined
    : [house, street, postcode].filter(Boolean).join(' ');

const sharesName = (x: Normalised, y: Normalised): boolean =>
  (x.givenRoot !== undefined && x.givenRoot === y.givenRoot) ||
  (x.names ?? []).some((name) => y.names?.includes(name));

const sharesPostcode = (x: Normalised, y: Normalised): boolean =>
  (x.outcode !== undefined && x.outcode === y.outcode) ||
  (x.postcodes ?? []).some((code) => y.postcodes?.includes(code));

const partsOfDate = (x: Normalised, y: Normalised): number =>
  (['birthYear', 'birthMonth', 'birthDay'] as const).filter(
    (part) => x[part] !== undefined && x[part] === y[part],
  ).length;

/** What two patients have in common by the model, with the weights it starts from and is judged by. */
export function evidenceBetween(
  a: ObservedPatient,
  b: ObservedPatient,
): Evidence & { prior: number; model: string } {
  return { ...compare(normalise(a), normalise(b), model), prior: model.prior, model: model.version };
}
