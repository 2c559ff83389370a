import { proxyKinds, type ProxyKind } from '../../access/index.ts';
import { adding, ending, listing } from './about-person.ts';
import { byWord, needed, oneOf, patientsOf, spanIn, spanInWords } from './asked.ts';

/** Who acts for somebody because of who they are or what was decided. What a person agrees to, they say in their own view. */
const kinds: readonly ProxyKind[] = proxyKinds.filter((kind) => kind !== 'consented');
const facts = { kind: 'proxy', resource: 'RelatedPerson' } as const;

const list = listing(facts, 'Nobody acts for them.', ({ proxy, kind, classes, ...span }) => {
  const what = classes === null ? 'all that the policy opens to them' : classes.join(', ');
  return `${kind.padEnd(24)} ${proxy}  ${spanInWords(span)}  ${what}`;
});

const add = adding(
  facts,
  async (asked) => {
    const { db, given } = asked;
    await patientsOf(db, '--proxy', given.proxy);
    const kind = oneOf('--kind', given.kind, kinds);
    const reason = needed('--reason', given.reason);
    const fact = { proxy: needed('--proxy', given.proxy), kind, classes: null, ...spanIn(asked) };
    return { fact, act: { kind: 'create', rule: `acts-as-${kind}`, reason } };
  },
  ' What they may see by the person’s age stands in the policy.',
);

const end = ending(facts, async ({ given }) => {
  const kind = oneOf('--kind', given.kind, kinds);
  const proxy = needed('--proxy', given.proxy);
  return {
    isMeant: (fact) => fact.proxy === proxy && fact.kind === kind,
    act: { kind: 'update', rule: 'proxy-ended' },
  };
});

export const acting = byWord('PERSON', { add, end }, list);
