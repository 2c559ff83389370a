import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions } from '../../bench/options.ts';
import type { Finding } from '../../bench/report.ts';
import { Problem } from '../platform/errors.ts';

export const summary = 'measure speed and size: bench NAME';

const folder = path.resolve(import.meta.dirname, '../../bench');
const usage = `./openics bench NAME [options]

  --size N       how many resources
  --seconds N    how long each shape is measured (default 8)
  --peer URL     another FHIR server, measured in turn with ours; again for more
  --peer splink --python PATH   for bench link: Splink on that Python, measured after ours
  --token TEXT   bearer token for the peer given before it
  --peer cp-sat --python PATH, --peer timefold   for bench roster: OR-tools on that Python, Timefold by Maven
  --only NAMES   for bench roster: instances, by commas (Instance5,sprint*,ward); --seconds is for each
  --processor N --threads N --resume   for bench roster: processor seconds instead, threads (2), go on with the last table
  --people N --seed S --detail light|full   for bench identity: the care system that is made up (5000, 1, light);
                 --people is for bench pages too (20000)
  --pairs N      for bench leaks: pairs of somebody who asks and a record hidden from them (100000)
  --keep         write the result into docs/performance.md

NAME is one of: `;

type Bench = { run(options: BenchOptions): Promise<Finding> };

const names = (): string[] =>
  [
    'ingest',
    'transaction',
    'record',
    'crud',
    'search',
    'scale',
    'citus',
    'hl7',
    'match',
    'link',
    'accuracy',
    'identity',
    'roster',
    'access',
    'leaks',
    'pages',
    'audit',
    'audit-cost',
  ].filter((name) => existsSync(path.join(folder, `${name}.ts`)));

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      size: { type: 'string' },
      seconds: { type: 'string', default: '8' },
      peer: { type: 'string', multiple: true, default: [] },
      python: { type: 'string' },
      token: { type: 'string', multiple: true, default: [] },
      pairs: { type: 'string' },
      people: { type: 'string' },
      seed: { type: 'string' },
      detail: { type: 'string' },
      processor: { type: 'string' },
      threads: { type: 'string' },
      only: { type: 'string', default: '' },
      resume: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    console.log(usage + names().join(', '));
    return name === undefined && !values.help ? 1 : 0;
  }
  if (!names().includes(name)) {
    throw new Problem('bench/unknown', 404, `There is no bench called ${name}.`, {
      wayOut: `Choose one of ${names().join(', ')}.`,
    });
  }
  const { run: measure } = (await import(path.join(folder, `${name}.ts`))) as Bench;
  const { report } = await import('../../bench/report.ts');
  const { benchFolder } = await import('../../bench/options.ts');
  const finding = await measure({
    size: sizeIn(values.size ?? values.pairs),
    seconds: Number(values.seconds),
    ...madeUp(values),
    python: values.peer.some(isProgram) ? (values.python ?? 'python3') : undefined,
    programs: values.peer.filter(isProgram),
    processor: sizeIn(values.processor),
    threads: sizeIn(values.threads),
    only: values.only.split(',').filter((each) => each !== ''),
    resume: values.resume,
    peers: values.peer
      .filter((base) => !isProgram(base))
      .map((base, index) => {
        const token = values.token[index];
        return {
          name: new URL(base).host,
          base,
          ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
        };
      }),
    keep: values.keep,
    folder: benchFolder,
  });
  report(finding, values.keep);
  return 0;
}

const sizeIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** Peers that are a program on this machine, not a server. */
const isProgram = (peer: string): boolean => ['splink', 'cp-sat', 'timefold'].includes(peer);

function madeUp({ people, seed, detail }: { people?: string; seed?: string; detail?: string }) {
  if (
    !/^\d{1,7}$/.test(people ?? '1') ||
    !/^\d{1,7}$/.test(seed ?? '1') ||
    !['full', 'light', undefined].includes(detail)
  ) {
    throw new Problem('bench/wrong-option', 400, '--people, --seed or --detail is not as it should be.', {
      wayOut: 'Give whole numbers, and full or light.',
    });
  }
  return {
    people: people === undefined ? undefined : Number(people),
    seed: seed === undefined ? undefined : Number(seed),
    detail: detail === 'full' ? ('full' as const) : ('light' as const),
  };
}
