import type { RelationshipKind } from '../../access/index.ts';
import { endOf, stateOf, toldNow } from './about-person.ts';
import {
  needed,
  oneOf,
  organisationIn,
  patientsOf,
  spanIn,
  spanInWords,
  wrong,
  type Asked,
  type Work,
} from './asked.ts';

/** Relationships that no record shows by itself: somebody must say them. */
const kinds = ['safeguarding-enquiry', 'after-death', 'meeting-item'] as const satisfies RelationshipKind[];

export const concerns: Work = async (asked) => {
  const [act, who] = asked.words;
  if (act === 'add') return add(asked, needed('PERSON', who));
  if (act === 'end') return end(asked, needed('PERSON', who));
  throw wrong('concerns', 'Say add or end.');
};

async function add(asked: Asked, person: string): Promise<number> {
  const { db, given } = asked;
  const patientIds = await patientsOf(db, 'PERSON', person);
  const kind = oneOf('--kind', given.kind, kinds);
  const fact = {
    kind,
    organisation: await organisationIn(db, given.organisation),
    team: null,
    user: given.user ?? null,
    evidence: needed('--reason', given.reason),
    ...spanIn(asked),
  };
  const act = { kind: 'create', resource: 'Relationship', rule: kind, person } as const;
  await stateOf(asked, 'relationship', patientIds, fact, { ...act, organisation: fact.organisation });
  console.log(`Recorded, ${spanInWords(fact)}.`);
  return 0;
}

async function end(asked: Asked, person: string): Promise<number> {
  const { db, given } = asked;
  const patientIds = await patientsOf(db, 'PERSON', person);
  const kind = oneOf('--kind', given.kind, kinds);
  const organisation = await organisationIn(db, given.organisation);
  const told = (await toldNow(asked, 'relationship', patientIds)).filter(
    (fact) => fact.kind === kind && fact.organisation === organisation,
  );
  const act = { kind: 'update', resource: 'Relationship', rule: `${kind}-ended`, person } as const;
  await endOf(asked, 'relationship', told, { ...act, organisation });
  console.log('Ended.');
  return 0;
}
