import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  columnHelp,
  defaultModel,
  link,
  modelFromText,
  modelText,
  reportOf,
  saidColumns,
  writeClusters,
  writePairs,
  type Linkage,
} from '../people/index.ts';
import { Problem } from '../platform/errors.ts';

export const summary = 'find records of the same person in one or two files';

const usage = `./openics link A.csv --out pairs.csv          find duplicates in one file
./openics link A.csv B.csv --out pairs.csv    link the records of two files
./openics link train | adopt | models --help  the model that records are matched by as they arrive

No examples are needed: it learns from the files themselves how well each column tells people apart.
Beside pairs.csv it writes pairs.clusters.csv, pairs.report.html and pairs.model.json.

  --out FILE            where to write the pairs (needed)
  --columns LIST        what columns mean, such as given=vorname,family=nachname,ignore=notes
  --encoding NAME       utf-8 unless said, for example windows-1252
  --threshold P         link from this chance on (default 0.5: fewest errors of both kinds; 0.999 for care)
  --review P            show pairs from this chance on for people to decide (default 0.1)
  --guards on|off       never join twins and the like (default: on where there are NHS numbers)
  --one-to-one          of two files, each record has one partner at most
  --model FILE          use this model (ours, or Splink settings) as it is, without learning
  --seed N              for the random pairs it learns from (default 1)
  --threads N           default: one for each processor, 8 at most

Columns are known by their names:
${columnHelp()}`;

const options = {
  out: { type: 'string' },
  columns: { type: 'string' },
  encoding: { type: 'string' },
  threshold: { type: 'string', default: '0.5' },
  review: { type: 'string', default: '0.1' },
  guards: { type: 'string' },
  'one-to-one': { type: 'boolean', default: false },
  model: { type: 'string' },
  seed: { type: 'string', default: '1' },
  threads: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });

export async function run(args: string[]): Promise<number> {
  if (['train', 'adopt', 'models'].includes(args[0] ?? '')) {
    const { runModel } = await import('./link/model.ts');
    return runModel(args);
  }
  const { values, positionals } = parse(args);
  if (values.help === true || positionals.length === 0) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  if (positionals.length > 2) throw wrong('Give one file, or two.', 'Join further files into one first.');
  if (values.out === undefined) throw wrong('Say where to write the pairs.', 'Add --out pairs.csv');
  if (positionals.some((file) => path.resolve(file) === path.resolve(values.out!)))
    throw wrong('The pairs would be written over a file that is read.', 'Choose another name with --out');
  const linkage = await link({ files: positionals, ...settings(values) });
  write(linkage, values.out);
  return 0;
}

function settings(values: Values) {
  if (values.model !== undefined && !existsSync(values.model))
    throw wrong('There is no such model file.', 'Check the path after --model');
  const model = values.model === undefined ? undefined : modelFromText(readFileSync(values.model, 'utf8'));
  return {
    columns: saidColumns(values.columns),
    encoding: values.encoding,
    model: model ?? defaultModel,
    learn: model === undefined,
    seed: whole('seed', values.seed),
    threshold: chance('threshold', values.threshold),
    review: chance('review', values.review),
    guards: onOrOff(values.guards),
    oneToOne: values['one-to-one'],
    threads: values.threads === undefined ? undefined : whole('threads', values.threads),
    tell: (stage: string) => process.stderr.write(`  ${stage} ...\n`),
  };
}

const wrong = (message: string, wayOut: string): Problem => new Problem('link/use', 400, message, { wayOut });

function onOrOff(text: string | undefined): boolean | undefined {
  if (text === undefined || text === 'on' || text === 'off')
    return text === undefined ? undefined : text === 'on';
  throw wrong('--guards takes on or off.', 'For example --guards on');
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(`--${name} takes a whole number.`, `For example --${name} 1`);
}

function chance(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw wrong(`--${name} takes a chance between 0 and 1.`, `For example --${name} 0.5`);
}

function write(linkage: Linkage, out: string): void {
  mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
  const stem = out.replace(/\.csv$/i, '');
  const written = writePairs(linkage, out);
  writeClusters(linkage, `${stem}.clusters.csv`);
  writeFileSync(`${stem}.report.html`, reportOf(linkage, written));
  writeFileSync(`${stem}.model.json`, modelText(linkage.model));
  const { table, clustering, stages, plans } = linkage;
  for (const { name, header, meanings } of plans) {
    const used = header.flatMap((column, at) =>
      meanings[at] === 'ignore' ? [] : [`${column.trim()} as ${meanings[at]}`],
    );
    console.log(`${name}: ${used.join(', ')}`);
  }
  console.log(
    `${table.count.toLocaleString('en-GB')} records, ${linkage.scored.compared.toLocaleString('en-GB')} pairs compared.`,
  );
  console.log(
    `${written.links.toLocaleString('en-GB')} pairs linked, in ${clustering.members.size.toLocaleString('en-GB')} groups; ${written.reviews.toLocaleString('en-GB')} for people to look at.`,
  );
  console.log(stages.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`).join(', '));
  console.log(`Written: ${out}, ${stem}.clusters.csv, ${stem}.report.html, ${stem}.model.json`);
}
