import type { RelationshipKind } from '../../access/index.ts';
import { adding, ending } from './about-person.ts';
import { byWord, needed, oneOf, organisationIn, spanIn, wrong } from './asked.ts';

/** Relationships that no record shows by itself: somebody must say them. */
const kinds = ['safeguarding-enquiry', 'after-death', 'meeting-item'] as const satisfies RelationshipKind[];
const facts = { kind: 'relationship', resource: 'Relationship' } as const;

const add = adding(facts, async (asked) => {
  const { db, given } = asked;
  const kind = oneOf('--kind', given.kind, kinds);
  const organisation = await organisationIn(db, given.organisation);
  const evidence = needed('--reason', given.reason);
  return {
    fact: { kind, organisation, team: null, user: given.user ?? null, evidence, ...spanIn(asked) },
    act: { kind: 'create', rule: kind, organisation },
  };
});

const end = ending(facts, async ({ db, given }) => {
  const kind = oneOf('--kind', given.kind, kinds);
  const organisation = await organisationIn(db, given.organisation);
  return {
    isMeant: (fact) => fact.kind === kind && fact.organisation === organisation,
    act: { kind: 'update', rule: `${kind}-ended`, organisation },
  };
});

export const concerns = byWord('PERSON', { add, end }, async () => {
  throw wrong('concerns', 'Say add or end.');
});
