import { closeSync, openSync, writeSync } from 'node:fs';
import { chanceOf, type Linkage } from '../batch/link.ts';
import { idOf } from '../batch/table.ts';
import { forEachVerdict } from '../batch/verdicts.ts';

export type Written = { links: number; reviews: number };

/** Writes the pairs: ids, weight in bits, chance, verdict with its reason, and what each comparison adds. */
export function writePairs(linkage: Linkage, file: string): Written {
  const { table, scorer, model } = linkage;
  const shown = comparedColumns(linkage);
  const out = openRows(file);
  const written: Written = { links: 0, reviews: 0 };
  out.row([
    'id_a',
    'id_b',
    'weight',
    'probability',
    'verdict',
    'reason',
    ...shown.map((c) => model.comparisons[c]!.name),
  ]);
  forEachVerdict(linkage, ({ i, j, weight, verdict, reason }) => {
    if (verdict === 'link') written.links++;
    else written.reviews++;
    const parts = shown.map((comparison) => bits(scorer.part(comparison, i, j)));
    const chance = chanceOf(weight).toFixed(6);
    out.row([idOf(table, i), idOf(table, j), bits(weight), chance, verdict, reason, ...parts]);
  });
  out.close();
  return written;
}

/** Writes for each record the cluster it is in. */
export function writeClusters(linkage: Linkage, file: string): void {
  const { table, clustering, plans } = linkage;
  const numbers = new Map<number, number>();
  const out = openRows(file);
  out.row(plans.length === 1 ? ['cluster', 'id'] : ['cluster', 'id', 'file']);
  for (let row = 0; row < table.count; row++) {
    const key = clustering.cluster[row]!;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size + 1));
    const fields = [String(number), idOf(table, row)];
    out.row(plans.length === 1 ? fields : [...fields, plans[table.source[row]!]!.name]);
  }
  out.close();
}

/** The comparisons that these records have anything for. */
export function comparedColumns({ model, table }: Linkage): number[] {
  const has = (field: string): boolean => field in table.text || field in table.list;
  return model.comparisons.flatMap(({ levels }, index) => {
    const text = JSON.stringify(levels.filter(({ isNull }) => !isNull).map(({ when }) => when));
    const fields = [...text.matchAll(/"(?:field|list)":"(\w+)"/g)].map((found) => found[1]!);
    return fields.some(has) ? [index] : [];
  });
}

const bits = (weight: number): string => (weight / 1024).toFixed(3);

const bufferLength = 1 << 20;

function openRows(file: string): { row(fields: readonly string[]): void; close(): void } {
  const handle = openSync(file, 'w');
  let text = '';
  const flush = (): void => {
    writeSync(handle, text);
    text = '';
  };
  return {
    row(fields) {
      text += `${fields.map(field).join(',')}\n`;
      if (text.length > bufferLength) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
