import { recordedKinds, type RecordedKind } from '../../access/index.ts';
import { endOf, stateOf, toldNow } from './about-person.ts';
import { needed, oneOf, patientsOf, spanIn, spanInWords, type Asked, type Work } from './asked.ts';

/** What professionals decided about a person. A notice is delayed by the officer who reviews the broken glass. */
const kinds: readonly RecordedKind[] = recordedKinds.filter((kind) => kind !== 'delay-notice');

export const decisions: Work = async (asked) => {
  const [first, second] = asked.words;
  if (first === 'add') return add(asked, needed('PERSON', second));
  if (first === 'end') return end(asked, needed('PERSON', second));
  return list(asked, needed('PERSON', first));
};

async function list(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  await asked.record.note({ kind: 'read', resource: 'Decision', person });
  const told = await toldNow(asked, 'recorded_decision', patientIds);
  const lines = told.map((fact) => `${fact.kind.padEnd(20)} ${spanInWords(fact)}  ${fact.reason}`);
  console.log(lines.length === 0 ? 'Nothing is recorded.' : [...new Set(lines)].join('\n'));
  return 0;
}

async function add(asked: Asked, person: string): Promise<number> {
  const { db, given } = asked;
  const patientIds = await patientsOf(db, 'PERSON', person);
  const kind = oneOf('--kind', given.kind, kinds);
  const reason = needed('--reason', given.reason);
  const fact = { kind, reason, ...spanIn(asked) };
  const act = { kind: 'decision', resource: 'Decision', rule: kind, person } as const;
  await stateOf(asked, 'recorded_decision', patientIds, fact, act);
  console.log(`Recorded, ${spanInWords(fact)}.`);
  return 0;
}

async function end(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  const kind = oneOf('--kind', asked.given.kind, kinds);
  const told = (await toldNow(asked, 'recorded_decision', patientIds)).filter((fact) => fact.kind === kind);
  const act = { kind: 'decision', resource: 'Decision', rule: `${kind}-ended`, person } as const;
  await endOf(asked, 'recorded_decision', told, act);
  console.log('Ended.');
  return 0;
}
