import type { Table } from '../batch/table.ts';
import { reader } from '../batch/words.ts';
import { domainOf } from '../batch/domains.ts';
import type { Model, TermFrequencies } from '../model/types.ts';
import type { TextField } from '../types.ts';

/** Records that the frequencies known before count for: in a file of few, nothing can be told to be common. */
const recordsBefore = 200;

/**
 * How common each value is, for the fields whose rarity a model weighs. Values no commoner than the model's floor are left
 * out: the floor counts for them anyway, so the table stays small.
 */
export function termFrequencies(table: Table, model: Model): TermFrequencies {
  const floors = new Map<TextField, number>();
  for (const { levels } of model.comparisons) {
    for (const { termFrequency } of levels) {
      if (termFrequency === undefined) continue;
      const { field, floor } = termFrequency;
      floors.set(field, Math.min(floor, floors.get(field) ?? Infinity));
    }
  }
  const found: TermFrequencies = {};
  for (const [field, floor] of floors) {
    const column = table.text[field];
    if (column !== undefined)
      found[field] = frequenciesOf(table, field, column, floor, model.termFrequencies[field] ?? {});
  }
  return found;
}

function frequenciesOf(
  table: Table,
  field: TextField,
  column: Int32Array,
  floor: number,
  before: { readonly [value: string]: number },
): { [value: string]: number } {
  const words = table.words[domainOf(field)]!;
  const counts = new Int32Array(words.count);
  let known = 0;
  for (const value of column) {
    if (value < 0) continue;
    counts[value] = counts[value]! + 1;
    known++;
  }
  const read = reader(words);
  const entries: [string, number][] = [];
  counts.forEach((count, value) => {
    if (count === 0) return;
    const text = read(value);
    const usual = Object.hasOwn(before, text) ? before[text]! : floor;
    const frequency = (count + recordsBefore * usual) / (known + recordsBefore);
    if (frequency > floor) entries.push([text, frequency]);
  });
  return Object.fromEntries(entries);
}
