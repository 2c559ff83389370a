import { proxyKinds, type ProxyKind } from '../../access/index.ts';
import { endOf, stateOf, toldNow } from './about-person.ts';
import { needed, oneOf, patientsOf, spanIn, spanInWords, type Asked, type Work } from './asked.ts';

/** Who acts for somebody because of who they are or what was decided. What a person agrees to, they say in their own view. */
const kinds: readonly ProxyKind[] = proxyKinds.filter((kind) => kind !== 'consented');

export const acting: Work = async (asked) => {
  const [first, second] = asked.words;
  if (first === 'add') return add(asked, needed('PERSON', second));
  if (first === 'end') return end(asked, needed('PERSON', second));
  return list(asked, needed('PERSON', first));
};

async function list(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  await asked.record.note({ kind: 'read', resource: 'RelatedPerson', person });
  const told = await toldNow(asked, 'proxy', patientIds);
  const lines = told.map(({ proxy, kind, classes, ...span }) => {
    const what = classes === null ? 'all that the policy opens to them' : classes.join(', ');
    return `${kind.padEnd(24)} ${proxy}  ${spanInWords(span)}  ${what}`;
  });
  console.log(lines.length === 0 ? 'Nobody acts for them.' : [...new Set(lines)].join('\n'));
  return 0;
}

async function add(asked: Asked, person: string): Promise<number> {
  const { db, given } = asked;
  const patientIds = await patientsOf(db, 'PERSON', person);
  await patientsOf(db, '--proxy', given.proxy);
  const kind = oneOf('--kind', given.kind, kinds);
  const reason = needed('--reason', given.reason);
  const fact = { proxy: needed('--proxy', given.proxy), kind, classes: null, ...spanIn(asked) };
  await stateOf(asked, 'proxy', patientIds, fact, {
    kind: 'create',
    resource: 'RelatedPerson',
    rule: `acts-as-${kind}`,
    person,
    reason,
  });
  console.log(`Recorded, ${spanInWords(fact)}. What they may see by the person’s age stands in the policy.`);
  return 0;
}

async function end(asked: Asked, person: string): Promise<number> {
  const { db, given } = asked;
  const patientIds = await patientsOf(db, 'PERSON', person);
  const kind = oneOf('--kind', given.kind, kinds);
  const proxy = needed('--proxy', given.proxy);
  const told = (await toldNow(asked, 'proxy', patientIds)).filter(
    (fact) => fact.proxy === proxy && fact.kind === kind,
  );
  const act = { kind: 'update', resource: 'RelatedPerson', rule: 'proxy-ended', person } as const;
  await endOf(asked, 'proxy', told, act);
  console.log('Ended.');
  return 0;
}
