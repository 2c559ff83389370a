import { shippedPolicy } from '../policy/read.ts';
import { chose, contextOf, item, person, resident, worker } from '../scenarios/build.fixture.ts';
import * as parties from '../scenarios/parties.fixture.ts';
import type { Action, App, Item, Party, PersonFacts } from '../types.ts';
import {
  dataClasses,
  labels,
  recordedKinds,
  relationshipKinds,
  type Purpose,
  type RecordedKind,
  type RelationshipKind,
} from '../words.ts';
import type { Case } from './cases.fixture.ts';

const policy = shippedPolicy();
const from = Date.parse('2026-05-01T12:00:00Z');
const { trust, practice, careHome } = parties;
const filtered: App = {
  name: 'app',
  person: 'ann',
  grants: [
    { level: 'user', type: '*', actions: new Set(['c', 'r', 'u', 'd', 's']), query: 'category=laboratory' },
  ],
};

const known = (at: Party, ...kinds: readonly RelationshipKind[]): PersonFacts =>
  person({
    died: kinds.includes('after-death') ? '2026-05-10' : null,
    relationships: kinds.map((kind) => ({
      id: kind,
      kind,
      organisation: at.id,
      team: null,
      user: kind === 'self-claimed' ? 'sam' : null,
      evidence: 'made up',
      from: kind === 'self-claimed' ? Date.parse('2026-05-12T06:00:00Z') : from,
      to: null,
    })),
  });

const asked = (role: string, at: Party, purpose: Purpose, action: Action, what: Item, app?: App): Case => {
  const subject = worker(role, at);
  return { subject, action, item: what, context: contextOf(subject, { for: purpose, ...(app && { app }) }) };
};

/** Each role with each class of data, label and kind of partner, each relationship, each proxy: what the tables of the policy are about. */
export const gridOf = (): Case[] => [
  ...byProfile(),
  ...byView(),
  ...byRelationship(),
  ...byProxy(),
  ...byDay(),
  ...byNotice(),
  ...byClaim(),
];

function byProfile(): Case[] {
  return policy.profiles.flatMap(({ roles, safeguards, analyses, afterDeath, oversees }) => {
    const role = roles[0]!.code;
    const purpose: Purpose = safeguards
      ? 'THREAT'
      : analyses
        ? 'HQUALIMP'
        : afterDeath
          ? 'HDECD'
          : oversees
            ? 'HCOMPL'
            : 'TREAT';
    const kind = safeguards ? 'safeguarding-enquiry' : afterDeath ? 'after-death' : 'attendance';
    const form = analyses ? 'pseudonymised' : 'identifiable';
    const about = known(trust, kind, 'attendance');
    const byClass = dataClasses.flatMap((dataClass) =>
      (['read', 'write', 'export', 'operate'] as const).flatMap((action) =>
        [purpose, 'TREAT' as const].map((each) =>
          asked(role, trust, each, action, item(dataClass, about, { form })),
        ),
      ),
    );
    const byLabel = labels.flatMap((label) =>
      (['identity', 'appointments', 'safety', 'documents'] as const).flatMap((dataClass) =>
        (['attendance', 'meeting-item', kind] as const).map((tie) =>
          asked(
            role,
            trust,
            tie === kind ? purpose : 'TREAT',
            'read',
            item(dataClass, known(trust, tie), { by: practice, labels: [label] }),
          ),
        ),
      ),
    );
    const kept = person({ ...about }, chose('blocks-user', { user: 'sam' }));
    const special = (['identity', 'involvement'] as const).flatMap((dataClass) => [
      asked(role, trust, purpose, 'read', item(dataClass, kept, { form })),
      asked(role, trust, purpose, 'read', item(dataClass, about, { form }), filtered),
    ]);
    return [...byClass, ...byLabel, ...special];
  });
}

function byView(): Case[] {
  return [parties.housing, parties.school, parties.charity, parties.drugService, parties.police].flatMap(
    (at) =>
      ['R8000', 'L-HOUSING-OFFICER', 'R8014'].flatMap((role) => [
        ...dataClasses.map((dataClass) =>
          asked(role, at, 'TREAT', 'read', item(dataClass, known(at, 'attendance'), { by: careHome })),
        ),
        ...labels.map((label) =>
          asked(
            role,
            at,
            'TREAT',
            'read',
            item('safety', known(at, 'attendance'), { by: careHome, labels: [label] }),
          ),
        ),
      ]),
  );
}

function byRelationship(): Case[] {
  return relationshipKinds.flatMap((kind) =>
    dataClasses.map((dataClass) =>
      asked('R8000', trust, 'TREAT', 'read', item(dataClass, known(trust, kind))),
    ),
  );
}

const noted: RecordedKind[][] = [[], ...recordedKinds.map((kind) => [kind]), ['competent', 'lacks-capacity']];

/** The same question on days on which agreements begin, are in force and end. */
function byDay(): Case[] {
  const days = [
    '2020-01-01',
    '2025-03-31',
    '2025-04-01',
    '2025-12-31',
    '2026-01-01',
    '2026-09-30',
    '2026-10-01',
  ];
  const asks = [
    ['R8000', parties.housing, 'safety'],
    ['R8000', parties.farTrust, 'medication'],
    ['R8000', trust, 'medication'],
  ] as const;
  const purposes = ['TREAT', 'HRESCH'] as const;
  return asks.flatMap(([role, at, dataClass]) => {
    const about = item(dataClass, known(at, 'attendance'), { by: practice });
    const on = (day: string, purpose: Purpose): Case => {
      const made = asked(role, at, purpose, 'read', about);
      return { ...made, context: { ...made.context, day } };
    };
    // In both orders: what was kept of one question must not answer the next.
    return [
      ...days.flatMap((day) => purposes.map((purpose) => on(day, purpose))),
      ...purposes.flatMap((purpose) => days.map((day) => on(day, purpose))),
    ];
  });
}

/** What was claimed beside what is recorded, in both orders. */
function byClaim(): Case[] {
  const { relationships } = known(trust, 'self-claimed', 'meeting-item');
  const [claim, meeting] = relationships;
  return [
    [claim!, { ...meeting!, user: 'sam' }],
    [{ ...meeting!, user: 'sam' }, claim!],
  ].map((both) => asked('R8000', trust, 'TREAT', 'read', item('plans', person({ relationships: both }))));
}

/** The last moment for which a notice may wait, and the one after. */
function byNotice(): Case[] {
  const last = Date.parse('2026-05-12T12:00:00Z') - policy.breakGlass.longestDelayDays * 86_400_000;
  return [last, last + 1].map((begun) =>
    asked(
      'R8000',
      trust,
      'TREAT',
      'read',
      item('results', person({ recorded: [{ kind: 'delay-notice', from: begun, to: null }] })),
    ),
  );
}

/** Each proxy a day before and on the birthdays its rule speaks of, with each decision that may be recorded. */
function byProxy(): Case[] {
  const subject = resident('bob');
  return policy.proxies.flatMap((rule) =>
    [rule.fromAge - 1, rule.fromAge, (rule.toAge ?? 40) - 1, rule.toAge ?? 40].flatMap((age) =>
      noted.flatMap((decisions) =>
        (['identity', 'documents'] as const).flatMap((dataClass) =>
          [undefined, filtered].map((app): Case => {
            const about = person({
              born: `${2026 - Math.max(age, 0)}-05-12`,
              died: rule.life === 'dead' ? '2026-05-12' : null,
              proxies: [{ proxy: 'bob', kind: rule.kind, classes: null, from, to: null }],
              recorded: decisions.map((kind) => ({ kind, from, to: null })),
            });
            const context = contextOf(subject, { for: 'FAMRQT', ...(app && { app }) });
            return { subject, action: 'read', item: item(dataClass, about), context };
          }),
        ),
      ),
    ),
  );
}
