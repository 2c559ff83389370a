/**
 * What a person is called, when it was born, where it lives: computed from what each linked patient says, never stored. Pure.
 * For each particular the better source wins, then the newer statement, then the one that more patients agree on.
 */
import { normalise, type Address } from './matching/index.ts';
import type { ObservedPatient } from './types.ts';

/** How near a source is to the national record, the best first. */
export const sourceKinds = ['national', 'gp', 'trust', 'council', 'other'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What one patient says, with what is known of its source. */
export type Statement = {
  patient: ObservedPatient;
  kind: SourceKind;
  /** When it was said or received. */
  said: Date;
  /** True when the national service confirmed this very statement (PDS): it then ranks before all others. */
  verified?: boolean;
};

export type Name = { given: readonly string[]; family: readonly string[]; full: string };

/** A particular that survived, with who says it. */
export type Survivor<Value> = { value: Value; from: string; agreedBy: string[] };

export type Demographics = {
  name?: Survivor<Name>;
  birthDate?: Survivor<string>;
  deathDate?: Survivor<string>;
  sex?: Survivor<string>;
  nhsNumber?: Survivor<string>;
  address?: Survivor<Address>;
  phone?: Survivor<string>;
  email?: Survivor<string>;
  /** True when any source protects the whereabouts: address, phone and e-mail of all sources are then left out. */
  restricted: boolean;
};

/** The demographics of a person. `mayKnowWhereabouts` is true for those alone who may see where a protected person lives. */
export function survivors(statements: readonly Statement[], mayKnowWhereabouts = false): Demographics {
  const alive = statements.filter(({ patient }) => patient.active);
  const restricted = alive.some(({ patient }) => patient.restricted === true);
  const located = restricted && !mayKnowWhereabouts ? [] : alive;
  const found = {
    name: best(alive, nameOf, ({ full }) => full.toLowerCase()),
    birthDate: best(alive, ({ birthDate }) => birthDate, same, completeness),
    deathDate: best(alive, ({ deathDate }) => deathDate, same, completeness),
    sex: best(alive, ({ sex }) => (sex === 'unknown' ? undefined : sex), same),
    nhsNumber: best(alive, (patient) => normalise(patient).nhsNumber, same),
    address: best(located, ({ addresses = [] }) => addresses.find(({ to }) => to === undefined), addressKey),
    phone: best(located, ({ phones = [] }) => phones[0], digits),
    email: best(
      located,
      ({ emails = [] }) => emails[0],
      (text) => text.toLowerCase(),
    ),
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { ...known, restricted };
}

/**
 * The best value: whole ones before parts of one, then verified, source, time and agreement, and at last the patient id, so that
 * the same statements always give the same answer.
 */
function best<Value>(
  statements: readonly Statement[],
  read: (patient: ObservedPatient) => Value | undefined,
  keyOf: (value: Value) => string,
  worth: (value: Value) => number = () => 0,
): Survivor<Value> | undefined {
  const said = statements.flatMap((statement) => {
    const value = read(statement.patient);
    return value === undefined ? [] : [{ statement, value, key: keyOf(value) }];
  });
  const agreed = Map.groupBy(said, ({ key }) => key);
  const [first] = said.sort(
    (a, b) =>
      worth(b.value) - worth(a.value) ||
      Number(b.statement.verified ?? false) - Number(a.statement.verified ?? false) ||
      rank(a.statement) - rank(b.statement) ||
      b.statement.said.getTime() - a.statement.said.getTime() ||
      agreed.get(b.key)!.length - agreed.get(a.key)!.length ||
      (a.statement.patient.patientId < b.statement.patient.patientId ? -1 : 1),
  );
  if (first === undefined) return undefined;
  const agreedBy = agreed.get(first.key)!.map(({ statement }) => statement.patient.patientId);
  return { value: first.value, from: first.statement.patient.patientId, agreedBy: agreedBy.sort() };
}

const rank = ({ kind }: Statement): number => sourceKinds.indexOf(kind);

const same = (text: string): string => text;
const digits = (text: string): string => text.replaceAll(/\D/g, '');
const completeness = (date: string): number => date.length;

const addressKey = ({ lines = [], postcode = '' }: Address): string =>
  `${lines.join(' ')} ${postcode}`.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function nameOf({ given = [], family = [], fullNames = [] }: ObservedPatient): Name | undefined {
  const full = [...given, ...family].join(' ') || fullNames[0];
  return full === undefined || full === '' ? undefined : { given, family, full };
}
