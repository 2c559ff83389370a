import { recordedKinds, type RecordedKind } from '../../access/index.ts';
import { adding, ending, listing } from './about-person.ts';
import { byWord, needed, oneOf, spanIn, spanInWords } from './asked.ts';

/** What professionals decided about a person. A notice is delayed by the officer who reviews the broken glass. */
const kinds: readonly RecordedKind[] = recordedKinds.filter((kind) => kind !== 'delay-notice');
const facts = { kind: 'recorded_decision', resource: 'Decision' } as const;

const list = listing(
  facts,
  'Nothing is recorded.',
  (fact) => `${fact.kind.padEnd(20)} ${spanInWords(fact)}  ${fact.reason}`,
);

const add = adding(facts, async (asked) => {
  const kind = oneOf('--kind', asked.given.kind, kinds);
  const reason = needed('--reason', asked.given.reason);
  return { fact: { kind, reason, ...spanIn(asked) }, act: { kind: 'decision', rule: kind } };
});

const end = ending(facts, async ({ given }) => {
  const kind = oneOf('--kind', given.kind, kinds);
  return {
    isMeant: (fact) => fact.kind === kind,
    act: { kind: 'decision', rule: `${kind}-ended` },
  };
});

export const decisions = byWord('PERSON', { add, end }, list);
