/** Gives one person's consolidated record from everything that was filed about them. Pure: no clock, no database. */
import { bannerOf } from './banner.ts';
import { groupEntries, mergeStatements } from './merge.ts';
import { dayOf } from './reading/dates.ts';
import { lookupOver } from './reading/references.ts';
import { stateOf } from './statements/index.ts';
import type { Alert, Entry, Filed, Group, Kind, RecordView, Series, Statement } from './types.ts';
import type { Resource } from '../types.ts';

const safeguarding = /safeguard|child protection|at risk of (?:abuse|harm)|vulnerable adult|domestic abuse/i;

/**
 * Consolidates one person's record.
 * @param filed every resource filed under the person's patient records
 * @param others resources outside them that they refer to: organisations, practitioners, medicines
 * @param countedOnly how many resources of types that the view does not read are filed
 */
export function consolidate(
  filed: Filed[],
  others: Resource[] = [],
  countedOnly: Record<string, number> = {},
): RecordView {
  const lookup = lookupOver([...others, ...filed.map((each) => each.resource)]);
  const statements: Statement[] = [];
  for (const each of filed) {
    const statement = stateOf(each, lookup);
    if (statement !== undefined) statements.push(statement);
  }
  const entries = mergeStatements(statements);
  const facts = entries.filter((entry) => entry.standing !== 'set-aside');
  const of = (kind: Kind) => facts.filter((entry) => entry.kind === kind);
  const allergies = allergiesOf(of('allergy'), of('no-allergy'));
  const flags = of('flag');
  return {
    banner: bannerOf(
      filed.filter((each) => each.resource.resourceType === 'Patient'),
      lookup,
    ),
    alerts: alertsOf(flags, of('problem'), allergies),
    problems: problemsOf(of('problem'), entries),
    medicines: split(of('medicine'), 'current', 'past'),
    allergies,
    immunisations: of('immunisation'),
    results: seriesOf(of('result')),
    reports: of('report'),
    encounters: of('encounter'),
    procedures: of('procedure'),
    documents: [...of('document'), ...of('report').filter((report) => report.attachments !== undefined)],
    plans: of('plan'),
    others: [...of('other'), ...flags.filter((flag) => flag.standing !== 'current')],
    setAside: entries.filter((entry) => entry.standing === 'set-aside'),
    filed: count(filed, countedOnly),
    sources: sourcesOf(statements),
  };
}

const isNow = (group: Group) => group.standing === 'current' || group.standing === 'unclear';

/** What is or may be current stays in front; a group with one such entry is current as a whole. */
function split<Now extends string, Then extends string>(
  entries: Entry[],
  now: Now,
  then: Then,
): Record<Now, Group[]> & Record<Then, Group[]> {
  const groups = groupEntries(entries).map(withStanding);
  return {
    [now]: groups.filter(isNow).sort((a, b) => rank(a) - rank(b)),
    [then]: groups.filter((group) => !isNow(group)),
  } as Record<Now, Group[]> & Record<Then, Group[]>;
}

/** A problem that one source has and another ruled out is shown with that doubt. */
function problemsOf(problems: Entry[], entries: Entry[]): RecordView['problems'] {
  const ruledOut = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.kind !== 'problem' || !says(entry, 'certainty', 'refuted')) continue;
    ruledOut.set(entry.group, [
      ...(ruledOut.get(entry.group) ?? []),
      ...entry.said.map((each) => each.source.name),
    ]);
  }
  const { active, past } = split(problems, 'active', 'past');
  const withDoubt = (group: Group) => {
    const by = ruledOut.get(group.group);
    return by === undefined ? group : { ...group, ruledOutBy: [...new Set(by)] };
  };
  return { active: active.map(withDoubt), past: past.map(withDoubt) };
}

function withStanding(group: Group): Group {
  const found = (['current', 'unclear', 'past'] as const).find((standing) =>
    group.entries.some((entry) => entry.standing === standing),
  );
  return { ...group, standing: found ?? 'not-done' };
}

function rank(group: Group): number {
  return group.standing === 'current' ? 0 : 1;
}

function allergiesOf(entries: Entry[], noneKnown: Entry[]): RecordView['allergies'] {
  const { active, past } = split(entries, 'active', 'past');
  const none = noneKnown.filter((entry) => entry.standing === 'current');
  const state = active.length > 0 ? 'listed' : none.length > 0 ? 'none-known' : 'nothing-recorded';
  return { state, active, past, noneKnown: none };
}

function alertsOf(flags: Entry[], problems: Entry[], allergies: RecordView['allergies']): Alert[] {
  const alerts: Alert[] = [];
  for (const flag of flags) {
    if (flag.standing !== 'current') continue;
    alerts.push({ reason: isSafeguarding(flag) ? 'safeguarding' : 'flag', title: flag.title, entry: flag });
  }
  for (const problem of problems) {
    if (problem.standing !== 'past' && safeguarding.test(problem.title))
      alerts.push({ reason: 'safeguarding', title: problem.title, entry: problem });
  }
  for (const entry of allergies.active.flatMap((group) => group.entries)) {
    if (entry.standing === 'current' && isSerious(entry))
      alerts.push({ reason: 'serious-allergy', title: entry.title, entry });
  }
  const [none] = allergies.noneKnown;
  if (allergies.state === 'listed' && none !== undefined && says(none, 'coversAll', 'true'))
    alerts.push({ reason: 'disputed-allergies', title: none.title, entry: none });
  return alerts.sort((a, b) => alertOrder.indexOf(a.reason) - alertOrder.indexOf(b.reason));
}

const alertOrder: Alert['reason'][] = ['safeguarding', 'serious-allergy', 'disputed-allergies', 'flag'];

function isSafeguarding(flag: Entry): boolean {
  return safeguarding.test(flag.title) || values(flag).some((value) => safeguarding.test(value));
}

function isSerious(allergy: Entry): boolean {
  return says(allergy, 'criticality', 'high') || says(allergy, 'severity', 'severe');
}

/** True when at least one source gives this value. */
function says(entry: Entry, name: string, value: string): boolean {
  return values(entry, name).some((each) => each.split('; ').includes(value));
}

/** The values given for a fact, or for any fact. */
function values(entry: Entry, name?: string): string[] {
  const agreed = Object.entries(entry.facts).filter(([each]) => name === undefined || each === name);
  const differing = Object.entries(entry.differing ?? {}).filter(
    ([each]) => name === undefined || each === name,
  );
  return [
    ...agreed.map(([, value]) => value),
    ...differing.flatMap(([, each]) => each.map(({ value }) => value)),
  ];
}

/**
 * Results of one test together, each series latest first. Series with a result in the last year of the record come
 * first: of those, what is out of range, then vital signs, then laboratory tests; then the series by their latest result.
 */
function seriesOf(results: Entry[]): Series[] {
  const series = groupEntries(results).map((group): Series => ({
    key: group.group,
    title: group.title,
    unit: commonUnit(group.entries),
    category: categoryOf(group.entries[0]),
    entries: group.entries,
  }));
  const yearBefore = aYearBefore(dayOf(series[0]?.entries[0]?.when));
  return series
    .map((each) => {
      const day = dayOf(each.entries[0]?.when) ?? '';
      return { each, day, urgency: day > yearBefore ? urgencyOf(each) : old };
    })
    .sort((a, b) => a.urgency - b.urgency || (a.day === b.day ? 0 : a.day < b.day ? 1 : -1))
    .map(({ each }) => each);
}

const old = 9;

function urgencyOf(series: Series): number {
  const flag = series.entries[0]?.measure?.flag;
  if (flag !== undefined && flag !== 'normal') return 0;
  if (series.category === 'vital-signs') return 1;
  return series.category === 'laboratory' ? 2 : 3;
}

/** The same day of the year before, so that days can be compared as text. */
function aYearBefore(day: string | undefined): string {
  return day === undefined ? '' : `${Number.parseInt(day, 10) - 1}${day.slice(4)}`;
}

/** The unit of all numbers of a series; undefined when they have none or differ. */
function commonUnit(entries: Entry[]): string | undefined {
  const units = new Set<string | undefined>();
  for (const { measure } of entries) if (measure?.value !== undefined) units.add(measure.unit);
  return units.size === 1 ? [...units][0] : undefined;
}

function categoryOf(entry: Entry | undefined): string | undefined {
  return entry === undefined ? undefined : values(entry, 'category')[0];
}

function count(filed: Filed[], countedOnly: Record<string, number>): Record<string, number> {
  const counts = { ...countedOnly };
  for (const { resource } of filed) counts[resource.resourceType] = (counts[resource.resourceType] ?? 0) + 1;
  return counts;
}

function sourcesOf(statements: Statement[]): { name: string; resources: number }[] {
  const counts = new Map<string, { name: string; resources: number }>();
  for (const { source } of statements) {
    const known = counts.get(source.key);
    if (known === undefined) counts.set(source.key, { name: source.name, resources: 1 });
    else known.resources += 1;
  }
  return [...counts.values()].sort((a, b) => b.resources - a.resources || (a.name < b.name ? -1 : 1));
}
