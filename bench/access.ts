import {
  agreementFrom,
  compile,
  dataClasses,
  decide,
  labels,
  permits,
  purposes,
  shippedPolicy,
  type Agreement,
  type Subject,
  type CompiledPolicy,
  type Context,
  type Item,
  type Party,
  type PersonFacts,
  type Purpose,
} from '../server/access/index.ts';
import { askedOfPeople } from './access-asked.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { verdict } from './verdict.ts';

const at = Date.parse('2026-05-12T12:00:00Z');
const from = at - 400 * 86_400_000;
const rows = 10_000;

const parties = Array.from({ length: 300 }, (_, index): Party => {
  const place = `place-${index % 8}`;
  const bodies = [`neighbourhood-${index % 40}`, place, 'system'];
  return {
    id: `organisation-${index}`,
    kind: index % 3 === 0 ? 'gp-practice' : 'nhs-trust',
    name: `Partner ${index}`,
    bodies,
  };
});
const [practice, trust] = [parties[0]!, parties[1]!];

/** A hundred agreements: one of the whole system for each purpose it shares for, others of single places and neighbourhoods. */
const agreements = Array.from({ length: 100 }, (_, index): Agreement => {
  const whole = index % 25 === 0;
  return agreementFrom({
    id: `agreement-${index}`,
    name: `Agreement ${index}`,
    from: '2025-04-01',
    to: index % 7 === 1 ? '2026-01-01' : null,
    parties: whole ? ['system'] : [`place-${index % 8}`, `neighbourhood-${index % 40}`],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: index < 50 ? ['TREAT', 'COC'] : purposes.filter((each) => each !== 'TREAT'),
    labels: whole ? labels.filter((each) => each !== 'former-identity') : [],
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e)',
    gdprArticle9: '9(2)(h)',
    law: 'made up',
    people: 'made up',
    retention: 'made up',
    safeguards: 'made up',
    contact: 'made up',
    review: '2027-04-01',
  });
});

const person = (index: number, own: boolean): PersonFacts => ({
  person: `person-${index}`,
  born: '1950-01-01',
  died: null,
  restricted: index % 500 === 0,
  relationships: Array.from({ length: 1 + (index % 8) }, (_, nth) => ({
    id: `${index}-${nth}`,
    kind: (['registered', 'admission', 'referral', 'attendance'] as const)[nth % 4]!,
    organisation: own && nth === 0 ? trust.id : parties[(index + 7 * nth + 2) % parties.length]!.id,
    team: null,
    user: null,
    evidence: 'Encounter/1',
    from,
    to: nth % 2 === 0 ? null : at - 60 * 86_400_000,
  })),
  choices:
    index % 20 === 0
      ? [{ kind: 'objects-to-sharing', organisation: null, user: null, project: null, from, to: null }]
      : [],
  proxies: [],
  glass: [],
  recorded: [],
  employers: index % 50 === 0 ? [trust.id] : [],
  family: [],
});

const item = (about: PersonFacts, more: Partial<Item> = {}): Item => ({
  dataClass: 'results',
  type: 'Observation',
  holder: practice,
  labels: [],
  seal: null,
  form: 'identifiable',
  about,
  ...more,
});

const doctor: Subject = {
  kind: 'staff',
  id: 'doctor',
  person: null,
  post: { role: 'R8000', organisation: trust, teams: ['ward-3'], from, to: null },
};
const analyst: Subject = { ...doctor, id: 'analyst', post: { ...doctor.post, role: 'R1840' } };
const resident: Subject = { kind: 'resident', id: 'login', person: 'person-1' };

const context = (purpose: Purpose, signIn: Context['signIn'] = 'AAL3'): Context => ({
  at,
  day: '2026-05-12',
  purpose,
  signIn,
  app: null,
  byPlace: false,
  project: null,
});

type Question = { what: string; who: Subject; item: Item; context: Context };

const questions: Question[] = [
  {
    what: 'a doctor, somebody admitted, held by the practice',
    who: doctor,
    item: item(person(7, true)),
    context: context('TREAT'),
  },
  {
    what: 'the same with two labels',
    who: doctor,
    item: item(person(7, true), { labels: ['hiv', 'mental-health'] }),
    context: context('TREAT'),
  },
  {
    what: 'a doctor, nobody of theirs',
    who: doctor,
    item: item(person(7, false)),
    context: context('TREAT'),
  },
  {
    what: 'a person, their own record',
    who: resident,
    item: item(person(1, false)),
    context: context('PATRQT', 'P9'),
  },
  {
    what: 'an analyst, a pseudonymised row',
    who: analyst,
    item: item(person(7, false), { form: 'pseudonymised' }),
    context: context('HOPERAT'),
  },
];

/** Processor time of many turns of `work`, in microseconds a turn, the median of five rounds after one to warm up. */
function microseconds(turns: number, work: () => void): number {
  const rounds: number[] = [];
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage();
    for (let turn = 0; turn < turns; turn++) work();
    const { user, system } = process.cpuUsage(before);
    if (round > 0) rounds.push((user + system) / turns);
  }
  return rounds.sort((a, b) => a - b)[2]!;
}

function listed(policy: CompiledPolicy): { milliseconds: number; visible: number } {
  const candidates = Array.from({ length: rows }, (_, index) =>
    item(person(index, index % 3 === 0), {
      holder: parties[index % parties.length]!,
      labels: index % 9 === 0 ? ['mental-health'] : [],
    }),
  );
  const asked = context('TREAT');
  let visible = 0;
  const each = microseconds(1, () => {
    visible = candidates.filter((candidate) => permits(doctor, 'search', candidate, asked, policy)).length;
  });
  return { milliseconds: each / 1000, visible };
}

/** Measures decisions with everything in memory: 100 agreements, 300 organisations, the shipped policy. */
export async function run(options: BenchOptions): Promise<Finding> {
  const policy = compile(shippedPolicy(), agreements);
  const turns = options.size ?? 100_000;
  const list = listed(policy);
  const asked = questions.map(({ what, who, item: piece, context: how }) => ({
    what,
    effect: decide(who, 'read', piece, how, policy).effect,
    reasoned: microseconds(turns, () => decide(who, 'read', piece, how, policy)),
    plain: microseconds(turns, () => permits(who, 'read', piece, how, policy)),
  }));
  const slowest = Math.max(...asked.map(({ reasoned }) => reasoned));
  const ofPeople = await askedOfPeople(options.folder, options.people ?? 20_000);
  return {
    name: 'access',
    command: `./openics bench access${options.size === undefined ? '' : ` --size ${options.size}`}`,
    columns: ['one decision, warm', 'outcome', 'with its reasons, µs', 'yes or no, µs', 'goal, µs'],
    rows: asked.map(({ what, effect, reasoned, plain }) => [what, effect, reasoned, plain, '< 5']),
    tables: [
      {
        title: 'A list',
        columns: ['candidates', 'visible', 'milliseconds', 'goal'],
        rows: [[rows, list.visible, list.milliseconds, '< 50 ms']],
      },
      ...(ofPeople?.tables ?? []),
    ],
    notes: [
      verdict('The slowest decision, with its reasons', slowest, 5, 'µs'),
      verdict(`A list of ${rows} candidates`, list.milliseconds, 50, 'ms'),
      `${agreements.length} agreements, ${parties.length} organisations, the policy ${policy.policy.version}. Processor time, median of five rounds of ${turns.toLocaleString('en-GB')}.`,
      'Facts are in memory. Reading them from the database is one statement, in the tables of people alone.',
      ...(ofPeople?.notes ?? [
        'Searches and reports over people were not measured: ./openics bench pages makes the people.',
      ]),
    ],
  };
}
