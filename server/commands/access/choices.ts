import { choiceKinds, type ChoiceKind } from '../../access/index.ts';
import { endOf, stateOf, toldNow } from './about-person.ts';
import {
  needed,
  oneOf,
  organisationIn,
  patientsOf,
  spanIn,
  spanInWords,
  type Asked,
  type Work,
} from './asked.ts';

/** What somebody chose who said so on paper or by telephone. To a project people agree where it asks them. */
const kinds: readonly ChoiceKind[] = choiceKinds.filter((kind) => kind !== 'agrees-to-project');

export const choices: Work = async (asked) => {
  const [first, second] = asked.words;
  if (first === 'add') return add(asked, needed('PERSON', second));
  if (first === 'end') return end(asked, needed('PERSON', second));
  return list(asked, needed('PERSON', first));
};

async function list(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  await asked.record.note({ kind: 'read', resource: 'Consent', person });
  const told = await toldNow(asked, 'choice', patientIds);
  const lines = told.map(({ kind, organisation, user, ...span }) =>
    [kind.padEnd(24), spanInWords(span), organisation ?? user ?? ''].join(' ').trimEnd(),
  );
  console.log(lines.length === 0 ? 'Nothing is chosen.' : [...new Set(lines)].join('\n'));
  return 0;
}

async function add(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  const which = await choiceIn(asked);
  const reason = needed('--reason', asked.given.reason);
  const fact = { ...which, project: null, ...spanIn(asked) };
  const act = { kind: 'update', resource: 'Consent', rule: `chose-${which.kind}`, person } as const;
  await stateOf(asked, 'choice', patientIds, fact, { ...act, reason });
  console.log(`Recorded, ${spanInWords(fact)}.`);
  return 0;
}

async function end(asked: Asked, person: string): Promise<number> {
  const patientIds = await patientsOf(asked.db, 'PERSON', person);
  const which = await choiceIn(asked);
  const told = (await toldNow(asked, 'choice', patientIds)).filter(
    ({ kind, organisation, user }) =>
      kind === which.kind && organisation === which.organisation && user === which.user,
  );
  const act = { kind: 'update', resource: 'Consent', rule: `took-back-${which.kind}`, person } as const;
  await endOf(asked, 'choice', told, act);
  console.log('Taken back.');
  return 0;
}

/** Which choice is meant. A block names whom it is about. */
async function choiceIn({ db, given }: Asked): Promise<{
  kind: ChoiceKind;
  organisation: string | null;
  user: string | null;
}> {
  const kind = oneOf('--kind', given.kind, kinds);
  return {
    kind,
    organisation: kind === 'blocks-organisation' ? await organisationIn(db, given.organisation) : null,
    user: kind === 'blocks-user' ? needed('--user', given.user) : null,
  };
}
