import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import {
  dayOf,
  feedKinds,
  generate,
  type FeedKind,
  type Progress,
  type Summary,
} from '../synthetic/index.ts';

export const summary = 'make up a care system: people, partners and what they would send';

const usage = `./openics generate --out DIR [options]

  --people N        people who live there on the last day (5000)
  --seed S          a whole number; the same seed makes the same files (1)
  --until DATE      the last day of the lives told, five years in all (2026-03-31)
  --feeds LIST      only these kinds of partner, with commas between:
                    ${feedKinds.join(', ')}
  --detail LEVEL    full, or light: about a quarter of the contacts (full)
  --threads N       how many work at once; the files do not depend on it

Everybody in it is made up: NHS numbers start with 9 and were never issued, postcodes start with ZZ, and every
record says that it is a test. docs/reference/feed-formats.md describes the files.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      people: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string', default: '2026-03-31' },
      feeds: { type: 'string' },
      detail: { type: 'string', default: 'full' },
      threads: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (values.out === undefined) {
    console.error('Say which folder to write to, with --out DIR.\n');
    console.error(usage);
    return 1;
  }
  const began = performance.now();
  const made = await generate({
    people: wholeNumber('people', values.people, 1, 5_000_000),
    seed: wholeNumber('seed', values.seed, 0, 2 ** 31 - 1),
    until: lastDay(values.until),
    out: path.resolve(values.out),
    ...(values.feeds === undefined ? {} : { feeds: kindsIn(values.feeds) }),
    detail: detailIn(values.detail),
    ...(values.threads === undefined ? {} : { threads: wholeNumber('threads', values.threads, 1, 64) }),
    progress: openProgress(process.stderr),
  });
  report(made, values.out, (performance.now() - began) / 1000);
  return 0;
}

function wrong(option: string, wayOut: string): Problem {
  return new Problem('generate/wrong-option', 400, `--${option} is not as it should be.`, { wayOut });
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < low || number > high)
    throw wrong(option, `Give a whole number from ${low} to ${high}.`);
  return number;
}

function lastDay(text: string): number {
  const day = dayOf(text);
  if (day === undefined || text < '2000-01-01' || text > '2099-12-31')
    throw wrong('until', 'Give a date such as 2026-03-31, from 2000 to 2099.');
  return day;
}

function kindsIn(text: string): FeedKind[] {
  const names = text.split(',').map((name) => name.trim());
  const kinds = feedKinds.filter((kind) => names.includes(kind));
  if (kinds.length !== new Set(names).size) throw wrong('feeds', `Choose from ${feedKinds.join(', ')}.`);
  return kinds;
}

function detailIn(text: string): 'light' | 'full' {
  if (text !== 'light' && text !== 'full') throw wrong('detail', 'Choose light or full.');
  return text;
}

type Output = { isTTY?: boolean; write(text: string): unknown };
const words = {
  counting: 'counting households',
  telling: 'writing households',
  closing: 'closing files',
} as const;
const redrawMs = { terminal: 200, other: 10_000 };

/** One line that changes on a terminal, a line now and then elsewhere. */
function openProgress(output: Output): Progress {
  const isTerminal = output.isTTY === true;
  let drawn = performance.now();
  return (step, done, of) => {
    const now = performance.now();
    const isLast = done === of && of > 0 && step === 'closing';
    if (!isLast && now - drawn < (isTerminal ? redrawMs.terminal : redrawMs.other)) return;
    drawn = now;
    const share = done === 0 ? '' : ` ${Math.floor((100 * done) / of)}%`;
    const text = `${words[step]}${share}`;
    output.write(isTerminal ? `\r\u001b[2K${text}${isLast ? '\n' : ''}` : `${text}\n`);
  };
}

const count = new Intl.NumberFormat('en-GB');

function report(made: Summary, out: string, seconds: number): void {
  const sent = Object.entries(made.sent).map(
    ([kind, number]) =>
      `  ${kind.padEnd(18)} ${count.format(number).padStart(12)} sent, ${count.format(made.records[kind as FeedKind] ?? 0).padStart(10)} records of people`,
  );
  console.log(`${count.format(made.people.alive)} people live in Doggerland on ${made.until}; ${count.format(made.people.ever)} are told of.
${sent.join('\n')}
${count.format(made.files)} files, ${(made.bytes / 1e6).toFixed(1)} MB, in ${seconds.toFixed(1)} s: ${out}
seed ${made.seed}, SHA-256 ${made.sha256}`);
}
