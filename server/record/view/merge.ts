/** Joins what several sources say about one event, and loses nothing on the way. */
import { momentOf } from './reading/dates.ts';
import type { Differing, Entry, Group, Saying, Standing, Statement } from './types.ts';

/** Facts that add to each other. Two values of any other fact are a difference that a reader must see. */
const additive = new Set(['note', 'wording', 'reason', 'holds', 'category', 'sort']);

/** When sources differ on where an entry belongs, it goes where it is least likely to be overlooked. */
const mostNoticed: Standing[] = ['current', 'unclear', 'past', 'not-done', 'set-aside'];

/**
 * Joins statements into entries, latest first. Statements are joined when kind and key are equal, with two exceptions
 * that keep differing facts apart: what was set aside never joins what stands, and when one source itself says the same
 * event in two differing ways, each way stays an entry. The order of the statements does not matter.
 */
export function mergeStatements(statements: Iterable<Statement>): Entry[] {
  const byKey = new Map<string, Statement[]>();
  for (const statement of distinct(statements)) {
    const aside = statement.standing === 'set-aside' ? 'aside' : '';
    const key = `${statement.kind} ${statement.key} ${aside}`;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [statement]);
    else same.push(statement);
  }
  const entries: Entry[] = [];
  for (const same of byKey.values()) {
    if (same.length === 1) entries.push(entryOf(same));
    else for (const part of apart(same)) entries.push(entryOf(part));
  }
  return inOrder(entries);
}

/** One statement for each resource: of two, the one received last. */
function distinct(statements: Iterable<Statement>): Iterable<Statement> {
  const known = new Map<string, Statement>();
  for (const statement of statements) {
    const name = `${statement.type}/${statement.id}`;
    const other = known.get(name);
    if (other === undefined || other.received < statement.received) known.set(name, statement);
  }
  return known.values();
}

function apart(same: Statement[]): Statement[][] {
  const ways = new Map<string, Statement[]>();
  const waysOfSource = new Map<string, Set<string>>();
  for (const statement of same) {
    const way = JSON.stringify([
      statement.title,
      statement.standing,
      Object.entries(statement.facts).sort(([a], [b]) => (a < b ? -1 : 1)),
      statement.measure ?? null,
    ]);
    const alike = ways.get(way) ?? [];
    alike.push(statement);
    ways.set(way, alike);
    const own = waysOfSource.get(statement.source.key) ?? new Set();
    own.add(way);
    waysOfSource.set(statement.source.key, own);
  }
  const oneVoiceEach = [...waysOfSource.values()].every((own) => own.size === 1);
  return oneVoiceEach ? [same] : [...ways.values()];
}

function entryOf(statements: Statement[]): Entry {
  const sorted = statements.length === 1 ? statements : statements.toSorted(bySource);
  const first = sorted[0] as Statement;
  const title = commonTitle(sorted);
  const attachments = sorted.flatMap(({ type, id, attachments: own }) =>
    (own ?? []).map((attachment) => ({ ...attachment, type, id })),
  );
  return {
    kind: first.kind,
    key: first.key,
    group: first.group,
    title,
    code: first.code,
    when: earliest(sorted),
    standing: mostNoticed.find((standing) => sorted.some((each) => each.standing === standing)) ?? 'unclear',
    ...(sorted.length === 1 ? { facts: first.facts } : factsOf(sorted, title)),
    ...(first.measure === undefined ? {} : { measure: first.measure }),
    ...(attachments.length === 0 ? {} : { attachments }),
    said: sorted.map(sayingOf),
  };
}

function sayingOf(statement: Statement): Saying {
  const { type, id, source, signedBy, recorded, received } = statement;
  return { type, id, source, signedBy, recorded, received };
}

function factsOf(statements: Statement[], title: string): Pick<Entry, 'facts' | 'differing' | 'disputed'> {
  const given = new Map<string, Map<string, number[]>>();
  const add = (name: string, value: string, by: number) => {
    const values = given.get(name) ?? new Map<string, number[]>();
    const sayers = values.get(value) ?? [];
    sayers.push(by);
    values.set(value, sayers);
    given.set(name, values);
  };
  statements.forEach((statement, by) => {
    for (const name in statement.facts) add(name, statement.facts[name] as string, by);
    if (statement.title !== title) add('wording', statement.title, by);
  });
  const facts: Record<string, string> = {};
  const differing: Record<string, Differing[]> = {};
  for (const [name, values] of given) {
    const [[value, by]] = values as unknown as [[string, number[]]];
    if (by.length === statements.length) facts[name] = value;
    else differing[name] = [...values].map(([each, sayers]) => ({ value: each, by: sayers }));
  }
  const names = Object.keys(differing);
  if (names.length === 0) return { facts };
  const disputed = names.filter((name) => (differing[name]?.length ?? 0) > 1 && !additive.has(name));
  return { facts, differing, ...(disputed.length === 0 ? {} : { disputed }) };
}

/** The wording that most statements use; of equals the shortest, then the first in the alphabet. */
function commonTitle(statements: Statement[]): string {
  if (statements.length === 1) return (statements[0] as Statement).title;
  const uses = new Map<string, number>();
  for (const { title } of statements) uses.set(title, (uses.get(title) ?? 0) + 1);
  const [best] = [...uses].sort(
    ([a, usesOfA], [b, usesOfB]) => usesOfB - usesOfA || a.length - b.length || (a < b ? -1 : 1),
  );
  return (best as [string, number])[0];
}

function earliest(statements: Statement[]): string | undefined {
  const dates = statements.map((statement) => statement.when).filter((when) => when !== undefined);
  return dates.length < 2 ? dates[0] : dates.sort((a, b) => momentOf(a) - momentOf(b) || compare(a, b))[0];
}

function bySource(a: Statement, b: Statement): number {
  return compare(a.source.name, b.source.name) || compare(a.type, b.type) || compare(a.id, b.id);
}

/** Latest first; what has no date comes last. */
function inOrder(entries: Entry[]): Entry[] {
  return entries
    .map((entry) => ({ entry, moment: momentOf(entry.when) }))
    .sort(
      (a, b) =>
        b.moment - a.moment ||
        compare(a.entry.title, b.entry.title) ||
        compare(a.entry.key, b.entry.key) ||
        compare(nameOf(a.entry), nameOf(b.entry)),
    )
    .map(({ entry }) => entry);
}

function nameOf(entry: Entry): string {
  const [first] = entry.said;
  return first === undefined ? '' : `${first.type}/${first.id}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Gathers entries about the same thing at different times. The groups are in the order of their latest entry. */
export function groupEntries(entries: Entry[]): Group[] {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const group = groups.get(entry.group);
    if (group === undefined) {
      const { group: name, title, standing, when } = entry;
      groups.set(name, { group: name, title, standing, latest: when, entries: [entry] });
    } else {
      group.entries.push(entry);
    }
  }
  return [...groups.values()];
}
