import type { ProxyRule } from '../policy/schema.ts';
import type { Effect } from '../types.ts';
import type { Obligation } from '../words.ts';
import {
  bond,
  during,
  employer,
  holdsIt,
  jobOf,
  noted,
  paper,
  wentDark,
  wish,
  years,
  type Question,
} from './question.fixture.ts';

export type Answer = { effect: Effect; silent: boolean; rules: string[]; obligations: string[] };

type Strength = 'hard' | 'silent' | 'glass';
/** In which branches a row counts, what it is called, how strong it is, and when it stops a request. */
type Row = [
  branches: string,
  rule: string,
  strength: Strength,
  stops: (q: Question, branch: string) => boolean,
];

const looking = ({ action }: Question) => ['read', 'search', 'export'].includes(action);
const changing = ({ action }: Question) => ['write', 'delete'].includes(action);
const weakly = ({ subject, context, policy }: Question) =>
  !new Set<string>(policy.signIn[subject.kind]).has(context.signIn);
const tagged = ({ item, policy }: Question, flag: 'hiddenFromPerson' | 'hiddenFromProxies') =>
  policy.labels.filter((each) => each[flag]).some(({ label }) => item.labels.includes(label));

const mayByJob = (q: Question): boolean => {
  const job = jobOf(q);
  if (job === null) return false;
  const reads = (job.reads as string[]).includes(q.item.dataClass);
  const writes = (job.writes as string[]).includes(q.item.dataClass);
  return {
    read: reads,
    search: reads,
    export: reads && job.exports,
    write: writes,
    delete: writes,
    operate: job.operates,
  }[q.action];
};

function appGrants(q: Question) {
  const needed = { read: 'r', search: 's', write: 'cu', delete: 'd', export: 'rs', operate: '!' }[q.action];
  return (q.context.app?.grants ?? []).filter(
    ({ type, actions, level }) =>
      [q.item.type, '*'].includes(type) &&
      [...needed].filter((letter) => !(actions as Set<string>).has(letter)).length === 0 &&
      (level !== 'patient' || (q.item.about !== null && q.context.app?.person === q.item.about.person)),
  );
}

/** The labels of an item that this worker may not read, by whether a glass opens them. */
function closed(q: Question, branch: string, glass: boolean): boolean {
  for (const name of q.item.labels) {
    const rule = q.policy.labels.find(({ label }) => label === name);
    if (rule === undefined || rule.breakGlass !== glass) continue;
    const insider = holdsIt(q) && rule.ownStaff;
    const reader = rule.readers.includes(jobOf(q)?.profile ?? '-');
    const near = !rule.needsDirectCare || bond(q, branch)?.direct === true;
    if (!insider && !(reader && near)) return true;
  }
  return false;
}

const outsideSeal = ({ item, subject }: Question, level: string): boolean =>
  item.seal?.level === level &&
  (subject.kind === 'resident' ||
    subject.post.organisation.id !== item.seal.organisation ||
    (item.seal.team !== null && !subject.post.teams.includes(item.seal.team)));

const where = (q: Question, branch: string): boolean => {
  if (q.subject.kind === 'resident') return q.subject.person === q.item.about?.person;
  return jobOf(q)?.seesProtectedLocations === true || (holdsIt(q) && bond(q, branch)?.personal === true);
};

const tells = ({ item }: Question) =>
  item.labels.includes('restricted-location') ||
  (item.dataClass === 'location' && item.about?.restricted === true);

function actsFor(q: Question): boolean {
  const { subject, item, context, policy } = q;
  const age = years(q);
  if (subject.kind !== 'resident' || item.about === null || age === null) return false;
  const fits = (rule: ProxyRule) =>
    age >= rule.fromAge &&
    age < (rule.toAge ?? 999) &&
    wentDark(q) === (rule.life === 'dead') &&
    (rule.only === null || noted(q, rule.only)) &&
    !(rule.unless !== null && noted(q, rule.unless)) &&
    (rule.classes ?? [item.dataClass]).includes(item.dataClass);
  return item.about.proxies
    .filter((each) => each.proxy === subject.person && during(each, context.at))
    .filter((each) => (each.classes ?? [item.dataClass]).includes(item.dataClass))
    .some((each) => policy.proxies.filter(({ kind }) => kind === each.kind).some(fits));
}

const tooYoung = (q: Question): boolean => {
  const age = years(q);
  const { aloneFromAge, withDecisionFromAge, decision } = q.policy.ownView;
  if (age === null) return true;
  return age < withDecisionFromAge || (age < aloneFromAge && !noted(q, decision));
};

const cutDown = (q: Question): boolean => {
  const view = q.policy.minimumViews.find(({ organisations }) => organisations.includes(employer(q)!.kind));
  if (view === undefined || holdsIt(q)) return false;
  return (
    !view.classes.includes(q.item.dataClass) ||
    q.item.labels.some((label) => view.hiddenLabels.includes(label))
  );
};

const buried = (q: Question): boolean => {
  const died = q.item.about?.died;
  if (died == null) return false;
  const last = new Date(`${died}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() + q.policy.afterDeath.careDays);
  return q.context.day > last.toISOString().slice(0, 10);
};

const volunteered = (q: Question) => wish(q, 'agrees-to-project', 'project', q.context.project);
const nameless = ({ item }: Question) => item.form === 'anonymous';

const optedOut = (q: Question): boolean => {
  const { secondary } = q.policy;
  if (!wish(q, 'national-data-opt-out') || !secondary.optOutPurposes.includes(q.context.purpose))
    return false;
  if (holdsIt(q) && secondary.ownCareTeamPurposes.includes(q.context.purpose)) return false;
  if (secondary.optOutExceptLabels.some((label) => q.item.labels.includes(label))) return false;
  return !secondary.optOutExceptBases.includes(paper(q)?.confidentiality ?? 'not-confidential');
};

const notSelf = ({ subject, item }: Question) => item.about === null || subject.person !== item.about.person;
const staffBranches = 'care safeguarding oversight after-death';
const workBranches = `${staffBranches} secondary`;

const table: Row[] = [
  [workBranches, 'signed-in-strongly', 'hard', weakly],
  ['own-view proxy', 'person-signed-in-strongly', 'hard', weakly],
  ['directory', 'any-signed-in-strongly', 'hard', weakly],
  [
    workBranches,
    'role-in-force',
    'hard',
    ({ subject, context }) => subject.kind !== 'resident' && !during(subject.post, context.at),
  ],
  [workBranches, 'may-by-role', 'hard', (q) => !mayByJob(q)],
  [
    `${workBranches} own-view proxy directory`,
    'within-app',
    'hard',
    (q) => q.context.app !== null && appGrants(q).length === 0,
  ],
  [workBranches, 'own-or-agreed', 'hard', (q) => !holdsIt(q) && paper(q) === null],
  ['care', 'relationship', 'glass', (q) => bond(q, 'care') === undefined],
  ['safeguarding', 'safeguarding-enquiry', 'hard', (q) => bond(q, 'safeguarding') === undefined],
  ['after-death', 'after-death-referral', 'hard', (q) => bond(q, 'after-death') === undefined],
  ['care', 'within-minimum-view', 'hard', cutDown],
  ['safeguarding', 'safeguarding-role', 'hard', (q) => jobOf(q)?.safeguards !== true],
  ['oversight', 'oversight-role', 'hard', (q) => jobOf(q)?.oversees !== true],
  ['after-death', 'after-death-role', 'hard', (q) => jobOf(q)?.afterDeath !== true],
  ['secondary', 'analysis-role', 'hard', (q) => jobOf(q)?.analyses !== true],
  ['after-death', 'dead', 'hard', (q) => !wentDark(q)],
  ['secondary', 'looking', 'hard', (q) => !looking(q)],
  ['proxy', 'proxy-looks', 'hard', (q) => !looking(q)],
  ['own-view', 'own-record', 'hard', notSelf],
  ['own-view', 'old-enough', 'hard', tooYoung],
  ['proxy', 'proxy', 'hard', (q) => !actsFor(q)],
  [staffBranches, 'own-record-at-work', 'hard', (q) => !notSelf(q)],
  ['care', 'family', 'glass', ({ item, subject }) => item.about?.family.includes(subject.id) === true],
  [
    'care',
    'colleague',
    'glass',
    (q) => q.item.about?.employers.includes(employer(q)!.id) === true && bond(q, 'care')?.personal !== true,
  ],
  [workBranches, 'blocks-user', 'silent', (q) => wish(q, 'blocks-user', 'user', q.subject.id)],
  ['care', 'objects-even-in-emergency', 'hard', (q) => !holdsIt(q) && wish(q, 'objects-even-in-emergency')],
  ['care', 'objects-to-sharing', 'glass', (q) => !holdsIt(q) && wish(q, 'objects-to-sharing')],
  [
    'care',
    'blocks-organisation',
    'hard',
    (q) => !holdsIt(q) && wish(q, 'blocks-organisation', 'organisation', employer(q)?.id),
  ],
  ['care after-death oversight', 'sealed', 'glass', (q) => outsideSeal(q, 'sealed')],
  [workBranches, 'locked', 'silent', (q) => outsideSeal(q, 'locked')],
  [
    'care safeguarding after-death oversight',
    'too-sensitive',
    'glass',
    (q, branch) => closed(q, branch, true),
  ],
  [workBranches, 'hidden-by-sensitivity', 'silent', (q, branch) => closed(q, branch, false)],
  [`${workBranches} proxy`, 'protected-location', 'hard', (q, branch) => tells(q) && !where(q, branch)],
  [
    workBranches,
    'found-by-place',
    'silent',
    ({ item, context }) => item.about?.restricted === true && context.byPlace,
  ],
  ['care safeguarding after-death', 'change-of-others', 'hard', (q) => changing(q) && !holdsIt(q)],
  ['oversight', 'oversight-looks', 'hard', (q) => changing(q) && q.item.dataClass !== 'choices'],
  ['care safeguarding', 'long-dead', 'hard', buried],
  ['own-view', 'own-view-ends-with-death', 'hard', wentDark],
  ['own-view', 'own-view-changes', 'hard', (q) => changing(q) && q.item.dataClass !== 'choices'],
  ['own-view proxy', 'hidden-from-person', 'silent', (q) => tagged(q, 'hiddenFromPerson')],
  ['proxy', 'hidden-from-proxies', 'silent', (q) => tagged(q, 'hiddenFromProxies')],
  ['proxy', 'sealed-from-proxies', 'silent', ({ item }) => item.seal !== null],
  [
    'secondary',
    'identifiable-without-basis',
    'hard',
    (q) =>
      q.item.form === 'identifiable' &&
      !volunteered(q) &&
      !q.policy.secondary.identifiableBases.includes(paper(q)?.confidentiality ?? 'not-confidential'),
  ],
  ['secondary', 'opted-out', 'silent', (q) => optedOut(q) && !nameless(q) && !volunteered(q)],
  [
    'secondary',
    'type-1-opted-out',
    'silent',
    (q) =>
      wish(q, 'type-1-opt-out') &&
      q.policy.secondary.type1Holders.includes(q.item.holder.kind) &&
      !holdsIt(q) &&
      !nameless(q) &&
      !volunteered(q),
  ],
  ['secondary', 'secondary-sealed', 'silent', (q) => outsideSeal(q, 'sealed') && !nameless(q)],
  [
    'directory',
    'directory-change',
    'hard',
    (q) => q.action !== 'read' && q.action !== 'search' && !mayByJob(q),
  ],
];

const branches = [
  'care',
  'safeguarding',
  'oversight',
  'after-death',
  'secondary',
  'own-view',
  'proxy',
  'directory',
];
/** The rows that count in each branch. */
const rowsOf = new Map(
  branches.map((branch) => [branch, table.filter(([inBranches]) => inBranches.split(' ').includes(branch))]),
);

/** The branch by who asks and why: one line for each. */
function branchOf({ subject, item, context }: Question): string | null {
  if (item.dataClass === 'directory') return 'directory';
  const { purpose } = context;
  if (subject.kind === 'resident') {
    return purpose === 'PATRQT' ? 'own-view' : purpose === 'FAMRQT' || purpose === 'PWATRNY' ? 'proxy' : null;
  }
  if (/^(TREAT|ETREAT|BTG|CAREMGT|COC|PATADMIN)$/.test(purpose)) return 'care';
  if (/^(HOPERAT|HQUALIMP|PERFMSR|POPHLTH|PUBHLTH|HPAYMT|HRESCH)$/.test(purpose)) return 'secondary';
  if (subject.kind === 'program') return null;
  return { THREAT: 'safeguarding', HCOMPL: 'oversight', HDECD: 'after-death' }[purpose as string] ?? null;
}

export function answer(q: Question): Answer {
  const branch = branchOf(q);
  if (branch === null) return { effect: 'deny', silent: false, rules: ['nothing-permits'], obligations: [] };
  const stops = rowsOf.get(branch)!.filter(([, , , stopping]) => stopping(q, branch));
  const names = stops.map(([, rule]) => rule);
  const firm = stops.filter(([, , strength]) => strength !== 'glass');
  if (stops.length === 0)
    return { effect: 'permit', silent: false, rules: [branch], obligations: owed(q, branch, 'permit') };
  const { breakGlass } = q.policy;
  const couldBreak =
    q.subject.kind === 'staff' &&
    q.item.about !== null &&
    jobOf(q)?.breaksGlass === true &&
    breakGlass.purposes.includes(q.context.purpose) &&
    (breakGlass.actions as string[]).includes(q.action);
  if (firm.length > 0 || !couldBreak) {
    const told = firm.length > 0 ? firm : stops;
    return {
      effect: 'deny',
      silent: told.some(([, , strength]) => strength === 'silent'),
      rules: told.map(([, rule]) => rule),
      obligations: [],
    };
  }
  if (!isBroken(q))
    return { effect: 'break-glass', silent: false, rules: names, obligations: owed(q, branch, 'glass') };
  return {
    effect: 'permit',
    silent: false,
    rules: [branch, 'glass-open'],
    obligations: owed(q, branch, 'permit'),
  };
}

const isBroken = ({ subject, item, context, policy }: Question): boolean =>
  (item.about?.glass ?? []).some(
    (use) =>
      use.user === subject.id &&
      context.at >= use.from &&
      context.at - use.from < policy.breakGlass.minutes * 60 * 1000 &&
      (use.to === null || context.at < use.to),
  );

function owed(q: Question, branch: string, effect: 'permit' | 'glass'): Obligation[] {
  const delayed = (q.item.about?.recorded ?? [])
    .filter(({ kind }) => kind === 'delay-notice')
    .some((each) => {
      const last = new Date(each.from);
      last.setUTCDate(last.getUTCDate() + q.policy.breakGlass.longestDelayDays);
      return during(each, q.context.at) && q.context.at < last.getTime();
    });
  if (effect === 'glass') {
    return [
      'ask-for-reason',
      'tell-privacy-officer',
      delayed ? 'tell-person-later' : 'tell-person',
      'review',
    ];
  }
  const care = branch === 'care';
  const grants = appGrants(q);
  const list: [Obligation, boolean][] = [
    [
      'review',
      care &&
        (isBroken(q) ||
          q.item.about?.employers.includes(employer(q)!.id) === true ||
          bond(q, branch)?.claimed === true),
    ],
    [
      'minimum-view',
      care &&
        !holdsIt(q) &&
        q.policy.minimumViews.some((view) => view.organisations.includes(employer(q)!.kind)),
    ],
    [
      'withhold-location',
      !['own-view', 'directory'].includes(branch) && q.item.about?.restricted === true && !where(q, branch),
    ],
    ['supervised', care && jobOf(q)?.supervised === true],
    ['pseudonymise', branch === 'secondary' && q.item.form === 'pseudonymised'],
    ['suppress-small-numbers', branch === 'secondary' && q.item.form === 'anonymous'],
    [
      'check-third-parties',
      (branch === 'own-view' && q.action === 'export') || (branch === 'proxy' && wentDark(q)),
    ],
    ['apply-app-filter', q.context.app !== null && grants.every(({ query }) => query !== undefined)],
  ];
  return list.filter(([, due]) => due).map(([name]) => name);
}
