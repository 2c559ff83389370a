import type { RecordView } from '../../record/view/index.ts';
import type { PlainItem, PlainTest } from './types.ts';

export type Entry = RecordView['documents'][number];
export type Group = RecordView['problems']['active'][number];
export type Series = RecordView['results'][number];

/** One entry of the record as an item. */
export const itemOf = (
  entry: Entry,
  means: string | undefined,
  says: (string | undefined)[] = [],
): PlainItem => ({
  title: entry.title,
  means: means ?? null,
  when: entry.when ?? null,
  from: [...new Set(entry.said.map(({ source }) => source.name))],
  says: says.filter((line) => line !== undefined && line !== '').map(String),
  of: entry.said.map(({ type, id }) => ({ type, id })),
});

/** The same thing at different times as one item: told by its latest entry, from all who said it. */
export function itemOfGroup(
  group: Group,
  means: string | undefined,
  says: (string | undefined)[] = [],
): PlainItem {
  const latest = group.entries[0]!;
  const all = group.entries.flatMap(({ said }) => said);
  return {
    ...itemOf(latest, means, says),
    title: group.title,
    when: group.entries.at(-1)?.when ?? latest.when ?? null,
    from: [...new Set(all.map(({ source }) => source.name))],
    of: all.map(({ type, id }) => ({ type, id })),
  };
}

type Measure = NonNullable<Entry['measure']>;

/** How many earlier results are shown beside the latest. */
const earlierShown = 4;

/** One test with its latest result, and what that says beside the range the laboratory gave. */
export function testOf({ title, entries }: Series, means: string | undefined): PlainTest {
  const latest = entries[0]!;
  return {
    ...itemOf(latest, means),
    title,
    value: valueOf(latest.measure),
    range: rangeOf(latest.measure),
    earlier: entries
      .slice(1, 1 + earlierShown)
      .map((entry) => ({ when: entry.when ?? null, value: valueOf(entry.measure) })),
  };
}

function valueOf(measure: Measure | undefined): string {
  if (measure === undefined) return 'No result was given';
  const parts = measure.parts?.map((part) => `${part.title} ${part.measure.text}`) ?? [];
  return parts.length > 0 && measure.text === '' ? parts.join(', ') : measure.text;
}

function rangeOf(measure: Measure | undefined): PlainTest['range'] {
  const flag = measure?.flag;
  if (flag === 'normal') return 'usual';
  if (flag === 'high' || flag === 'very-high') return 'above';
  if (flag === 'low' || flag === 'very-low') return 'below';
  if (flag === 'abnormal') return 'unusual';
  if (measure !== undefined && measure.value === undefined && (measure.parts ?? []).length === 0)
    return 'in-words';
  if (measure?.value === undefined || (measure.low === undefined && measure.high === undefined))
    return 'not-said';
  if (measure.high !== undefined && measure.value > measure.high) return 'above';
  return measure.low !== undefined && measure.value < measure.low ? 'below' : 'usual';
}
