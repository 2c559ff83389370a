/** Cases to read: what was joined wrongly, missed or asked, with what each record says. The people are made up. */
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
  { wrong, missed, asked }: Pick<Measures, 'wrong' | 'missed' | 'asked'>,
): Promise<void> {
  const read = async (ats: readonly number[]): Promise<Said> => {
    const ids = [...new Set(ats)].map((at) => truth[at]!.patientId);
    return new Map((await observedPatients(db, ids)).map((patient) => [patient.patientId, patient]));
  };
  const parts: string[] = [];
  const add = async (title: string, of: number, cases: readonly Case[]): Promise<void> => {
    const said = await read(cases.flatMap(({ records }) => records));
    parts.push(`# ${title}: ${cases.length} of ${of}\n`);
    for (const { about, records } of cases)
      parts.push([...about, ...records.map((at) => lineOf(truth[at]!, said))].join('\n'), '');
  };
  await add('Pairs joined wrongly', wrong.length, wrong.slice(0, most).map(caseOf));
  await add('Pairs missed', missed.length, missed.slice(0, most).map(caseOf));
  const questions = asked.slice(0, most).map(({ record, candidates, queue, reasons }): Case => {
    const isRight = candidates.some(({ a, b }) => truth[a]!.identity === truth[b]!.identity);
    const weights = candidates.map(({ weight }) => weight.toFixed(1)).join(', ');
    return {
      about: [`  ${isRight ? 'one person' : 'nobody of these'}; ${queue}: ${reasons}; bits ${weights}`],
      records: [record, ...candidates.map(({ a, b }) => (a === record ? b : a))],
    };
  });
  await add('Questions', asked.length, questions);
  writeFileSync(file, `${parts.join('\n')}\n`);
}

type Said = ReadonlyMap<string, ObservedPatient>;
type Case = { about: string[]; records: readonly number[] };

const caseOf = (records: Pair): Case => ({ about: [], records });

function lineOf({ patientId, partner, person, identity, scenario, errors }: TrueRecord, said: Said): string {
  const what = `${partner} person ${person} identity ${identity} [${scenario}] (${errors.join(', ')})`;
  return `  ${what}\n    ${textOf(said.get(patientId))}`;
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
