import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type {
  decide as decideType,
  outcomeOf as outcomeType,
  permits as permitsType,
} from '../decide/decide.ts';
import { casesOf, type Case } from './cases.fixture.ts';
import { gridOf } from './grid.fixture.ts';
import { answer } from './oracle.fixture.ts';
import type { compile as compileType } from '../policy/compile.ts';
import { shippedPolicy } from '../policy/read.ts';
import { agreements } from '../scenarios/parties.fixture.ts';

const room = path.resolve(import.meta.dirname, '..');
/** The code that decides. Words of explanations are not decisions. */
const files = globSync(['decide/**/*.ts', 'moments.ts'], { cwd: room }).filter(
  (file) => !/explain|nearest-agreement|tests\/index/.test(file),
);

/** What a slip of the pen does to code. Each pattern is tried at each place where it stands. */
const slips: [pattern: RegExp, instead: string][] = [
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ \+ /g, ' - '],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\breturn true\b/g, 'return false'],
  [/\breturn false\b/g, 'return true'],
  [/!(?=[a-z(])/g, ''],
];

/**
 * Slips that change no decision, each with the reason. A slip that is neither caught nor here fails the proof.
 * The key is the file, the line as it stands, and what was put in.
 */
const harmless = new Map<string, string>([
  [
    'moments.ts: if (day === undefined) {  [!==]',
    'The day stands in an explanation. Its own test is moments.test.ts.',
  ],
  ['moments.ts: if (daysOfHours.size >= 20_000) daysOfHours.clear();  [>]', 'One more day is kept.'],
  [
    'decide/relationship.ts: if (best === undefined || rank({ is, rule }) > rank(best)) best = { is, rule };  [>=]',
    'Of two alike the later is spoken of.',
  ],
]);

type Slip = { file: string; at: number; length: number; instead: string; line: string };

function slipsIn(file: string): Slip[] {
  const text = codeOf(file);
  return slips.flatMap(([pattern, instead]) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: found }) => {
      const line = text.slice(text.lastIndexOf('\n', index) + 1, text.indexOf('\n', index)).trim();
      if (/^(import|export \*|\/?\*)/.test(line)) return [];
      return [{ file, at: index, length: found.length, instead, line }];
    }),
  );
}

const codeOf = (file: string): string =>
  stripTypeScriptTypes(readFileSync(path.join(room, file), 'utf8'), { mode: 'strip' });

/** Loads the code that decides once more, with one slip in it. Modules of a turn carry its number in their address. */
let current: { turn: number; slip: Slip } | undefined;
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const turn = /\?slip=\d+$/.exec(context.parentURL ?? '')?.[0];
    const mine = turn !== undefined && isDeciding(found.url);
    return mine ? { ...found, url: found.url + turn } : found;
  },
  load(url, context, next) {
    const slip = current?.slip;
    if (!url.endsWith(`?slip=${current?.turn}`) || slip === undefined) return next(url, context);
    const file = path.relative(room, fileURLToPath(url.split('?')[0]!));
    const text = readFileSync(path.join(room, file), 'utf8');
    const plain = stripTypeScriptTypes(text, { mode: 'strip' });
    const source =
      file === slip.file
        ? plain.slice(0, slip.at) + slip.instead + plain.slice(slip.at + slip.length)
        : plain;
    return { format: 'module', source, shortCircuit: true };
  },
});

const isDeciding = (url: string): boolean => {
  const file = path.relative(room, fileURLToPath(url));
  return /^(decide\/|moments\.ts|policy\/compile\.ts)/.test(file);
};

type Code = {
  decide: typeof decideType;
  outcomeOf: typeof outcomeType;
  permits: typeof permitsType;
  compile: typeof compileType;
};

async function withSlip(turn: number, slip: Slip): Promise<Code> {
  current = { turn, slip };
  const at = (file: string): string => `${pathToFileURL(path.join(room, file)).href}?slip=${turn}`;
  const { decide, outcomeOf, permits } = (await import(at('decide/decide.ts'))) as Omit<Code, 'compile'>;
  const { compile } = (await import(at('policy/compile.ts'))) as Pick<Code, 'compile'>;
  return { decide, outcomeOf, permits, compile };
}

const textOf = (
  effect: string,
  silent: boolean,
  rules: readonly string[],
  duties: readonly string[],
): string => `${effect} ${silent} ${rules.toSorted().join()} ${duties.toSorted().join()}`;

/** Puts each slip into the code that decides; the second way to decide must notice every one. */
async function prove(requests: number): Promise<boolean> {
  const policy = shippedPolicy();
  const cases = [...gridOf(), ...casesOf(requests, 11)];
  const expected = cases.map((each) => {
    const { effect, silent, rules, obligations } = answer({ ...each, policy, agreements });
    return textOf(effect, silent, rules, obligations);
  });
  const all = files.flatMap(slipsIn);
  const order = cases.map((_, index) => index);
  const alive: Slip[] = [];
  for (const [turn, slip] of all.entries()) {
    if (harmless.has(keyOf(slip))) continue;
    const { compile, ...code } = await withSlip(turn, slip);
    const compiled = compile(policy, agreements);
    const differs = (index: number): boolean => {
      try {
        return decidedBy(code, cases[index]!, compiled) !== expected[index];
      } catch {
        return true;
      }
    };
    const caught = order.findIndex(differs);
    if (caught < 0) alive.push(slip);
    else order.unshift(...order.splice(caught, 1));
  }
  console.log(
    `${all.length} slips in ${files.length} files of the code that decides: ${all.length - alive.length - harmless.size} caught, ${harmless.size} change nothing (reasons in the code of this proof), ${alive.length} not caught.`,
  );
  for (const slip of alive) console.log(`  ${keyOf(slip)}`);
  return alive.length === 0;
}

const keyOf = ({ file, line, instead }: Slip): string => `${file}: ${line}  [${instead.trim()}]`;

function decidedBy(
  { decide, outcomeOf, permits }: Omit<Code, 'compile'>,
  { subject, action, item, context }: Case,
  compiled: ReturnType<typeof compileType>,
): string {
  const { effect, silent, reasons, obligations } = decide(subject, action, item, context, compiled);
  if (permits(subject, action, item, context, compiled) !== (effect === 'permit')) return 'two answers';
  if (outcomeOf(subject, action, item, context, compiled) !== effect) return 'two answers';
  const rules = reasons.map(({ rule }) => rule);
  return textOf(effect, silent, rules, obligations);
}

process.exitCode = (await prove(Number(process.argv[2] ?? 20_000))) ? 0 : 1;
