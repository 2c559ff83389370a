/** The shapes the page's JSON API sends: the view without what only joining needs, and as short as asked. */
import type { Alert, Entry, Group, RecordView, Series } from './types.ts';

export type SentSaying = { type: string; id: string; source: string; signedBy?: string; recorded?: string };

export type SentEntry = Pick<
  Entry,
  | 'kind'
  | 'title'
  | 'code'
  | 'when'
  | 'standing'
  | 'facts'
  | 'differing'
  | 'disputed'
  | 'measure'
  | 'attachments'
> & { said: SentSaying[] };

/** A list cut to the latest; `total` counts all of it. */
export type Sent<Item> = { total: number; items: Item[] };

export type SentGroup = Omit<Group, 'group' | 'entries'> & { entries: Sent<SentEntry> };
export type SentSeries = Omit<Series, 'key' | 'entries'> & { code: string; entries: Sent<SentEntry> };
export type SentAlert = Omit<Alert, 'entry'> & { entry?: SentEntry };

/** The parts of a record that can be asked for. */
export const parts = [
  'alerts',
  'problems',
  'medicines',
  'allergies',
  'immunisations',
  'results',
  'reports',
  'encounters',
  'procedures',
  'documents',
  'plans',
  'others',
  'setAside',
  'filed',
  'sources',
] as const;

export type Part = (typeof parts)[number];

/**
 * What to send of a record: the banner and the parts asked for. `latest` cuts each list and `points` each group or
 * series; without them all is sent.
 */
export function sendRecord(
  view: RecordView,
  wanted: readonly Part[] = parts,
  cut: { latest?: number | undefined; points?: number | undefined } = {},
): Record<string, unknown> {
  const { latest = Infinity, points = Infinity } = cut;
  const groups = (list: Group[]) => shorten(list, latest, (group) => sendGroup(group, points));
  const entries = (list: Entry[]) => shorten(list, latest, sendEntry);
  const senders: Record<Part, () => unknown> = {
    alerts: () => view.alerts.map(sendAlert),
    problems: () => ({ active: groups(view.problems.active), past: groups(view.problems.past) }),
    medicines: () => ({ current: groups(view.medicines.current), past: groups(view.medicines.past) }),
    allergies: () => ({
      state: view.allergies.state,
      // Allergies are never cut: one that is out of sight can harm.
      active: shorten(view.allergies.active, Infinity, (group) => sendGroup(group, Infinity)),
      past: groups(view.allergies.past),
      noneKnown: entries(view.allergies.noneKnown),
    }),
    immunisations: () => entries(view.immunisations),
    results: () => shorten(view.results, latest, (series) => sendSeries(series, points)),
    reports: () => entries(view.reports),
    encounters: () => entries(view.encounters),
    procedures: () => entries(view.procedures),
    documents: () => entries(view.documents),
    plans: () => entries(view.plans),
    others: () => entries(view.others),
    setAside: () => entries(view.setAside),
    filed: () => view.filed,
    sources: () => view.sources,
  };
  const sent: Record<string, unknown> = { banner: view.banner };
  for (const part of wanted) sent[part] = senders[part]();
  return sent;
}

function shorten<From, To>(list: From[], most: number, send: (item: From) => To): Sent<To> {
  const shown = list.length > most ? list.slice(0, most) : list;
  return { total: list.length, items: shown.map((item) => send(item)) };
}

export function sendEntry(entry: Entry): SentEntry {
  const { kind, title, code, when, standing, facts, differing, disputed, measure, attachments } = entry;
  const said = entry.said.map(({ type, id, source, signedBy, recorded }) => ({
    type,
    id,
    source: source.name,
    ...(signedBy === undefined ? {} : { signedBy }),
    ...(recorded === undefined ? {} : { recorded }),
  }));
  return { kind, title, code, when, standing, facts, differing, disputed, measure, attachments, said };
}

function sendGroup(group: Group, points: number): SentGroup {
  const { title, standing, latest, ruledOutBy, entries } = group;
  return {
    title,
    standing,
    latest,
    ...(ruledOutBy === undefined ? {} : { ruledOutBy }),
    entries: shorten(entries, points, sendEntry),
  };
}

export function sendSeries(series: Series, points = Infinity): SentSeries {
  const { key, title, unit, category, entries } = series;
  return { code: codeInAddress(key), title, unit, category, entries: shorten(entries, points, sendEntry) };
}

function sendAlert(alert: Alert): SentAlert {
  const { reason, title, entry } = alert;
  return { reason, title, ...(entry === undefined ? {} : { entry: sendEntry(entry) }) };
}

const shortSystems: Record<string, string> = {
  'http://loinc.org': 'loinc',
  'http://snomed.info/sct': 'snomed',
};

/** A test's code as one part of a web address: `loinc-8480-6`; other systems and words become readable and unique. */
export function codeInAddress(key: string): string {
  const [system = '', code = ''] = key.split('|', 2);
  const short = shortSystems[system];
  if (short !== undefined && /^[\w-]+$/.test(code)) return `${short}-${code}`;
  return Array.from(new TextEncoder().encode(key), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[a-z0-9]/.test(letter) ? letter : `-${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}
