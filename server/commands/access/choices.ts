import { choiceKinds, type ChoiceKind } from '../../access/index.ts';
import { adding, ending, listing } from './about-person.ts';
import { byWord, needed, oneOf, organisationIn, spanIn, spanInWords, type Asked } from './asked.ts';

/** What somebody chose who said so on paper or by telephone. To a project people agree where it asks them. */
const kinds: readonly ChoiceKind[] = choiceKinds.filter((kind) => kind !== 'agrees-to-project');
const facts = { kind: 'choice', resource: 'Consent' } as const;

const list = listing(facts, 'Nothing is chosen.', ({ kind, organisation, user, ...span }) =>
  [kind.padEnd(24), spanInWords(span), organisation ?? user ?? ''].join(' ').trimEnd(),
);

const add = adding(facts, async (asked) => {
  const which = await choiceIn(asked);
  const reason = needed('--reason', asked.given.reason);
  return {
    fact: { ...which, project: null, ...spanIn(asked) },
    act: { kind: 'update', rule: `chose-${which.kind}`, reason },
  };
});

const end = ending(
  facts,
  async (asked) => {
    const which = await choiceIn(asked);
    return {
      isMeant: ({ kind, organisation, user }) =>
        kind === which.kind && organisation === which.organisation && user === which.user,
      act: { kind: 'update', rule: `took-back-${which.kind}` },
    };
  },
  'Taken back.',
);

export const choices = byWord('PERSON', { add, end }, list);

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
