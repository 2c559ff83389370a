import { agreementFrom, shippedPolicy } from '../../access/index.ts';
import type { CommandCase, Made } from '../on-record/case.fixture.ts';

/** The ways to use `access` that change or show something, for the walk over every command. */
export function accessCases(made: () => Made): CommandCase[] {
  const [somebody, another] = [0, 1].map((at) => async (): Promise<string> => {
    const { db } = made();
    const [row] = await db.query<{ id: string }>(
      `select distinct person_id as id from people.link where recorded_to is null order by 1 offset ${at} limit 1`,
    );
    return row!.id;
  });
  const why = ['--reason', 'Made up'];
  const acting = async () => ['--proxy', await another!(), '--kind', 'parent'];
  const chosen = ['--kind', 'blocks-user', '--user', 'cis2:1'];
  const decided = ['--kind', 'competent'];
  const concern = ['--kind', 'after-death', '--organisation', 'ZZR01'];
  const about = (command: string, more: () => Promise<string[]> | string[]) => async () => [
    ...command.split(' '),
    await somebody!(),
    ...(await more()),
  ];
  return [
    {
      command: 'access agreements sign',
      words: () => ['access', 'agreements', 'sign', made().file('agreement.json', agreement)],
      fact: 'access.agreement',
      events: ['policy Agreement'],
    },
    {
      command: 'access agreements end',
      words: () => ['access', 'agreements', 'end', 'made-up'],
      fact: 'access.agreement',
      events: ['policy Agreement'],
    },
    {
      command: 'access policy load',
      words: () => {
        const policy = { ...shippedPolicy(), version: 'made-up-1' };
        return ['access', 'policy', 'load', made().file('policy.json', policy)];
      },
      fact: 'access.policy',
      events: ['policy Policy'],
    },
    {
      command: 'access posts give',
      words: () => ['access', 'posts', 'give', 'cis2:1', '--role', 'R0260', '--organisation', 'ZZR01'],
      fact: 'access.post',
      events: ['policy Post'],
    },
    {
      command: 'access posts',
      words: () => ['access', 'posts', 'cis2:1'],
      shows: /R0260/,
      events: ['search Post'],
    },
    {
      command: 'access posts name',
      words: async () => ['access', 'posts', 'name', 'cis2:1', '--person', await somebody!()],
      fact: 'access.post',
      events: ['policy Post of a person'],
    },
    {
      command: 'access posts end',
      words: () => ['access', 'posts', 'end', 'cis2:1'],
      fact: 'access.post',
      events: ['policy Post'],
    },
    {
      command: 'access acting add',
      words: about('access acting add', async () => [...(await acting()), ...why]),
      fact: 'access.proxy',
      events: ['create RelatedPerson of a person'],
    },
    {
      command: 'access acting',
      words: about('access acting', () => []),
      shows: /parent/,
      events: ['read RelatedPerson of a person'],
    },
    {
      command: 'access acting end',
      words: about('access acting end', acting),
      fact: 'access.proxy',
      events: ['update RelatedPerson of a person'],
    },
    {
      command: 'access choices add',
      words: about('access choices add', () => [...chosen, ...why]),
      fact: 'access.choice',
      events: ['update Consent of a person'],
    },
    {
      command: 'access choices',
      words: about('access choices', () => []),
      shows: /blocks-user/,
      events: ['read Consent of a person'],
    },
    {
      command: 'access choices end',
      words: about('access choices end', () => chosen),
      fact: 'access.choice',
      events: ['update Consent of a person'],
    },
    {
      command: 'access decisions add',
      words: about('access decisions add', () => [...decided, ...why]),
      fact: 'access.recorded_decision',
      events: ['decision Decision of a person'],
    },
    {
      command: 'access decisions',
      words: about('access decisions', () => []),
      shows: /competent/,
      events: ['read Decision of a person'],
    },
    {
      command: 'access decisions end',
      words: about('access decisions end', () => decided),
      fact: 'access.recorded_decision',
      events: ['decision Decision of a person'],
    },
    {
      command: 'access concerns add',
      words: about('access concerns add', () => [...concern, ...why]),
      fact: 'access.relationship',
      events: ['create Relationship of a person'],
    },
    {
      command: 'access concerns end',
      words: about('access concerns end', () => concern),
      fact: 'access.relationship',
      events: ['update Relationship of a person'],
    },
  ];
}

const agreement = agreementFrom({
  id: 'made-up',
  name: 'Made-up sharing',
  from: '2025-01-01',
  to: null,
  parties: ['made-up'],
  classes: ['identity'],
  purposes: ['TREAT'],
  labels: [],
  confidentiality: 'implied-consent',
  gdprArticle6: '6(1)(e)',
  gdprArticle9: '9(2)(h)',
  law: 'Made up',
  people: 'Made up',
  retention: 'Made up',
  safeguards: 'Made up',
  contact: 'Made up',
  review: '2030-04-01',
});
