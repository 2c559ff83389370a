import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { machineLine } from './machine.ts';

/** What a bench found: a table, and sentences that say how to read it. */
export type Finding = {
  name: string;
  command: string;
  columns: string[];
  rows: (string | number)[][];
  notes: string[];
  /** More tables, each under its title. */
  tables?: { title: string; columns: string[]; rows: (string | number)[][] }[];
};

const file = path.resolve(import.meta.dirname, '../docs/performance.md');

/** Prints a finding; with `keep`, also puts it in its place in docs/performance.md. */
export function report(finding: Finding, keep: boolean): void {
  const text = markdown(finding);
  console.log(`\n${text}`);
  if (keep) store(finding.name, text);
}

function markdown({ command, columns, rows, notes, tables = [] }: Finding): string {
  return [
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}. ${machineLine()}.`,
    '',
    ...grid(columns, rows),
    '',
    ...notes.map((note) => `- ${note}`),
    ...tables.flatMap((table) => ['', `**${table.title}**`, '', ...grid(table.columns, table.rows)]),
  ].join('\n');
}

const grid = (columns: string[], rows: (string | number)[][]): string[] => [
  line(columns),
  line(columns.map(() => '---')),
  ...rows.map(line),
];

const line = (cells: (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |`;

function cell(value: string | number): string {
  if (typeof value === 'string') return value.replaceAll('|', '\\|');
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

function store(name: string, text: string): void {
  const begin = `<!-- bench ${name}: written by ./openics bench ${name} --keep -->`;
  const end = `<!-- end ${name} -->`;
  const section = `${begin}\n${text}\n${end}`;
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n';
  const from = old.indexOf(begin);
  const to = old.indexOf(end);
  const whole =
    from >= 0 && to > from
      ? old.slice(0, from) + section + old.slice(to + end.length)
      : `${old.trimEnd()}\n\n${section}\n`;
  writeFileSync(file, whole);
}
