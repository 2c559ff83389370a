import type { Definitions } from '../definitions/index.ts';
import { isTree, report, type Item, type Run, type Tree } from './run.ts';
import type { Shape } from './shape.ts';

/** Checks the codes of a value against the value set its element is bound to, and against code systems known here. */
export function checkBinding(run: Run, shape: Shape, item: Item): void {
  const { binding } = shape.element;
  const codes = codesOf(item);
  if (!codes) return;
  for (const code of codes.list) checkSystem(run, code);
  if (!binding?.valueSet || binding.strength === 'example') return;
  if (binding.strength === 'required') checkAgainst(run, codes, item, binding.valueSet, 'error', shape);
  if (binding.strength === 'required' || !run.options.advice) return;
  const severity = binding.strength === 'extensible' ? 'warning' : 'information';
  checkAgainst(run, codes, item, binding.valueSet, severity, shape);
  // A warning, not an error: real records name languages from older registers, and no record is refused for that.
  if (binding.maxValueSet && codes.list.length > 0)
    checkAgainst(run, codes, item, binding.maxValueSet, 'warning', shape);
}

type Code = { system: string | undefined; code: string | undefined; place: string; isPlain: boolean };
type Codes = { list: Code[]; hasText: boolean };

function codesOf(item: Item): Codes | undefined {
  const { value, path } = item;
  if (typeof value === 'string') {
    const isCode = item.type.code === 'code' || item.type.code === 'uri' || item.type.code === 'string';
    return isCode
      ? { list: [{ system: undefined, code: value, place: path, isPlain: true }], hasText: false }
      : undefined;
  }
  if (!isTree(value)) return undefined;
  if (item.type.code === 'Coding' || quantities.has(item.type.code))
    return { list: [coding(value, path)], hasText: false };
  if (item.type.code !== 'CodeableConcept') return undefined;
  const codings = Array.isArray(value['coding']) ? value['coding'].filter(isTree) : [];
  return {
    list: codings.map((one, at) => coding(one, `${path}.coding[${at}]`)),
    hasText: typeof value['text'] === 'string',
  };
}

const quantities = new Set([
  'Quantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'MoneyQuantity',
  'SimpleQuantity',
]);

function coding(value: Tree, place: string): Code {
  const text = (key: string) => (typeof value[key] === 'string' ? value[key] : undefined);
  return { system: text('system'), code: text('code'), place, isPlain: false };
}

function checkAgainst(
  run: Run,
  codes: Codes,
  item: Item,
  valueSet: string,
  severity: 'error' | 'warning' | 'information',
  shape: Shape,
): void {
  const expansion = run.definitions.expand(valueSet);
  const answers = codes.list.map((one) => {
    if (one.code === undefined) return false;
    return one.system === undefined && !one.isPlain ? false : expansion.check(one.system, one.code);
  });
  if (answers.some((answer) => answer !== false)) {
    if (run.options.advice && !answers.includes(true))
      noteUnknown(run, expansion.url, item.path, expansion.enumerable ? '' : expansion.reason);
    return;
  }
  if (!expansion.enumerable && !expansion.known) {
    noteUnknown(run, valueSet, item.path, expansion.reason);
    return;
  }
  if (codes.list.length === 0 && item.type.code !== 'CodeableConcept') return;
  if (codes.list.length === 0 && !codes.hasText && shape.element.binding?.strength !== 'required') return;
  const place = codes.list.length === 1 && answers.length === 1 ? codes.list[0]!.place : item.path;
  report(run, severity, 'code-invalid', place, bindingText(codes, valueSet, severity), valueSet);
}

function bindingText(codes: Codes, valueSet: string, severity: string): string {
  const url = valueSet.split('|')[0];
  const ask = severity === 'error' ? 'Use a code from it.' : 'Use a code from it where one fits.';
  const named = codes.list
    .filter((one) => one.code !== undefined)
    .map((one) => JSON.stringify(one.code?.slice(0, 60)));
  if (named.length === 0) return `A code from ${url} is wanted here. ${ask}`;
  return `The code ${named.join(', ')} is not in ${url}. ${ask}`;
}

function noteUnknown(run: Run, valueSet: string, path: string, reason: string): void {
  const why = reason === '' ? '' : ` (${reason})`;
  report(
    run,
    'information',
    'not-supported',
    path,
    `The code could not be checked against ${valueSet}${why}.`,
  );
}

/** A code said to come from a code system that is here whole must exist in it. */
function checkSystem(run: Run, { system, code, place }: Code): void {
  if (system !== undefined && run.definitions.codeSystem(system)?.content === 'supplement') {
    report(
      run,
      'error',
      'code-invalid',
      place,
      `${system} is a supplement. Name the code system it adds to.`,
    );
  }
  if (system === undefined || code === undefined || codeExists(run.definitions, system, code)) return;
  const text = `The code ${JSON.stringify(code.slice(0, 60))} does not exist in ${system}. Correct the code or its system.`;
  report(run, isAlwaysError(system) ? 'error' : 'warning', 'code-invalid', place, text);
}

/** Systems of terminology.hl7.org grow after R4, so a code not known there may be newer. */
export function isAlwaysError(system: string): boolean {
  return !system.startsWith('http://terminology.hl7.org/');
}

/** False only when the code system is here whole and has no such code. */
export function codeExists(definitions: Definitions, system: string, code: string): boolean {
  const known = definitions.codeSystem(system);
  if (known?.content === 'supplement') return false;
  if (!known || known.content !== 'complete' || known.concepts.size === 0) return true;
  return (
    known.concepts.has(code) || (!known.caseSensitive && findAnyCase(known.concepts, code) !== undefined)
  );
}

function findAnyCase<Value>(concepts: Map<string, Value>, code: string): Value | undefined {
  const wanted = code.toLowerCase();
  for (const [key, value] of concepts) if (key.toLowerCase() === wanted) return value;
  return undefined;
}
