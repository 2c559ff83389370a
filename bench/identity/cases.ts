/** Cases to read: what was joined wrongly and what was missed, with what each record says. The people are made up. */
import { writeFileSync } from 'node:fs';
import type { ObservedPatient } from '../../server/people/index.ts';
import type { Db } from '../../server/platform/db/index.ts';
import { observedPatients } from '../../server/record/operations/index.ts';
import type { Measures, Pair } from './measure.ts';
import type { TrueRecord } from './truth.ts';

const most = 300;

/** Writes up to so many cases of each kind to a file, and says of how many. */
export async function writeCases(
  db: Db,
  file: string,
  truth: readonly TrueRecord[],
  { wrong, missed }: Pick<Measures, 'wrong' | 'missed'>,
): Promise<void> {
  const parts: string[] = [];
  for (const [title, pairs] of [
    ['Joined wrongly', wrong],
    ['Missed', missed],
  ] as const) {
    const shown = pairs.slice(0, most);
    parts.push(`# ${title}: ${shown.length} of ${pairs.length} pairs\n`);
    parts.push(...(await describe(db, truth, shown)));
  }
  writeFileSync(file, `${parts.join('\n')}\n`);
}

async function describe(db: Db, truth: readonly TrueRecord[], pairs: readonly Pair[]): Promise<string[]> {
  const ids = [...new Set(pairs.flat().map((at) => truth[at]!.patientId))];
  const said = new Map((await observedPatients(db, ids)).map((patient) => [patient.patientId, patient]));
  const line = (at: number): string => {
    const { patientId, partner, person, identity, scenario, errors } = truth[at]!;
    return `  ${partner} person ${person} identity ${identity} [${scenario}] (${errors.join(', ')})\n    ${textOf(said.get(patientId))}`;
  };
  return pairs.map(([a, b]) => `${line(a)}\n${line(b)}\n`);
}

function textOf(patient: ObservedPatient | undefined): string {
  if (patient === undefined) return 'deleted';
  const { family = [], given = [], fullNames = [], previousNames = [], addresses = [] } = patient;
  const parts = [
    [...given, ...family, ...fullNames].join(' '),
    previousNames.map((name) => `(${[name.given, name.family].filter(Boolean).join(' ')})`).join(' '),
    patient.birthDate,
    patient.sex,
    patient.nhsNumber,
    addresses
      .map(({ lines = [], place, postcode }) => [...lines, place, postcode].filter(Boolean).join(', '))
      .join(' / '),
    [...(patient.phones ?? []), ...(patient.emails ?? [])].join(' '),
    patient.deathDate === undefined ? undefined : `died ${patient.deathDate}`,
  ];
  return parts.map((part) => (part === undefined || part === '' ? '-' : part)).join(' | ');
}
