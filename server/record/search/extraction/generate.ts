import type { FhirPath } from '../../fhirpath/index.ts';
import type { Resource } from '../../types.ts';
import { leafOf, type Leaf } from '../parameters/leaves.ts';
import type { Path, Step } from '../parameters/paths.ts';
import type { Param, TypeParams } from '../parameters/types.ts';
import { evaluated } from './evaluated.ts';
import type { IndexRow } from './index-row.ts';
import { runtime } from './runtime.ts';

/** Fills a row from a resource of one type. */
export type Extract = (resource: Resource, row: IndexRow) => void;

/** A place in the resource and what happens there. */
type Node = {
  steps: Map<string, { step: Step; node: Node }>;
  before: string[];
  after: string[];
  actions: string[];
};

const calls: Readonly<Record<Leaf, string>> = {
  concept: 'addCodeableConcept(row, P, v)',
  coding: 'addCoding(row, P, v)',
  code: 'addBareCode(row, P, v)',
  boolean: 'addBoolean(row, P, v)',
  identifier: 'addIdentifier(row, P, v)',
  contact: 'addContactPoint(row, P, v)',
  plain: 'addPlainCode(row, P, v)',
  sound: 'addSound(row, P, v)',
  reference: 'addReference(row, P, v, T)',
  canonical: 'addCanonical(row, P, v)',
  uri: 'addUri(row, P, v)',
  resource: 'addResource(row, P, v)',
  string: 'addString(row, P, v)',
  name: 'addHumanName(row, P, v)',
  address: 'addAddress(row, P, v)',
  conceptText: 'addConceptText(row, P, v)',
  date: 'addDate(row, P, v)',
  period: 'addPeriod(row, P, v)',
  timing: 'addTiming(row, P, v)',
  number: 'addNumber(row, P, v)',
  quantity: 'addQuantity(row, P, v, Q)',
  money: 'addMoney(row, P, v, Q)',
  range: 'addRange(row, P, v, Q)',
  samples: 'addSampledData(row, P, v, Q)',
  position: 'addPosition(row, P, v)',
};

/**
 * Makes the function that walks a resource once and adds what all its parameters index. The text is made of numbers
 * and of names and texts from the definitions, which go in as plain names or as JSON literals.
 */
export function generateExtract(params: TypeParams, fhirPath: FhirPath): Extract {
  const source = sourceOf(params);
  const make = new Function('runtime', 'params', source) as (
    functions: object,
    all: readonly Param[],
  ) => Extract;
  const walk = make(runtime, params.all);
  const rest = params.all.filter((param) => param.expression !== undefined);
  if (rest.length === 0) return walk;
  const evaluate = evaluated(rest, fhirPath);
  return (resource, row) => {
    walk(resource, row);
    evaluate(resource, row);
  };
}

/** The text of the generated function's maker. */
export function sourceOf(params: TypeParams): string {
  const root = newNode();
  for (const param of params.all) {
    addQualifierActions(root, param);
    for (const path of param.paths) nodeAt(root, path.steps).actions.push(action(param, path));
    addCompositeActions(root, param);
  }
  const names = Object.keys(runtime).join(', ');
  const constants = params.all.map((param) => `const p${param.ordinal} = params[${param.ordinal}];`);
  const sides = params.all.flatMap((param) => {
    if (param.pairs) return [`const a${param.ordinal} = [], b${param.ordinal} = [];`];
    return param.qualifiedBy || param.span ? [`const q${param.ordinal} = new Qualifiers();`] : [];
  });
  const counter = { next: 1 };
  return [
    `const { ${names} } = runtime;`,
    ...constants,
    ...sides,
    'return (v0, row) => {',
    body(root, 'v0', counter),
    '};',
  ].join('\n');
}

function action(param: Param, path: Path): string {
  const leaf = param.code === 'phonetic' ? 'sound' : leafOf(param.kind, path.type)!;
  const call = leaf === 'code' && param.plain ? calls.plain : calls[leaf];
  const uri = param.kind === 'uri' && param.code !== '_source';
  const names: Record<string, string> = {
    P: `p${param.ordinal}`,
    T: path.target === undefined ? 'undefined' : JSON.stringify(path.target),
    Q: param.qualifiedBy ? `q${param.ordinal}` : 'noQualifiers',
  };
  const text = uri ? `${call}; addUriWording(row, P, v);` : `${call};`;
  return text.replace(/\b[PTQ]\b/g, (name) => names[name]!);
}

/** Gathers the codes beside a quantity before the quantity itself is met. */
function addQualifierActions(root: Node, param: Param): void {
  const qualifier = param.qualifiedBy;
  if (qualifier === undefined) return;
  const name = `q${param.ordinal}`;
  const node = nodeAt(root, param.paths[0]!.steps.slice(0, qualifier.depth));
  node.before.push(`${name}.reset();`);
  for (const path of qualifier.paths) {
    const call = path.type === 'Coding' ? 'addCoding' : 'addConcept';
    node.before.push(reach(path.steps.slice(qualifier.depth), `${name}.${call}(row, p${param.ordinal}, v);`));
  }
}

function addCompositeActions(root: Node, param: Param): void {
  const { ordinal } = param;
  if (param.pairs) {
    const { context, parts } = param.pairs;
    const node = nodeAt(root, context.steps);
    node.after.push(`a${ordinal}.length = 0; b${ordinal}.length = 0;`);
    for (const [index, part] of parts.entries()) {
      for (const path of part.paths)
        node.after.push(sideAction(context, path, index === 0 ? `a${ordinal}` : `b${ordinal}`));
    }
    node.after.push(`addPairs(row, p${ordinal}, a${ordinal}, b${ordinal});`);
  }
  if (param.span) {
    const { context, code, from, to } = param.span;
    const node = nodeAt(root, context.steps);
    node.after.push(`q${ordinal}.reset(); let from${ordinal}, to${ordinal};`);
    for (const path of code)
      node.after.push(sideAction(context, path, '', `q${ordinal}.addConcept(row, p${ordinal}, v);`));
    for (const path of from) node.after.push(sideAction(context, path, '', `from${ordinal} = v;`));
    for (const path of to) node.after.push(sideAction(context, path, '', `to${ordinal} = v;`));
    node.after.push(`addSpan(row, p${ordinal}, from${ordinal}, to${ordinal}, q${ordinal});`);
  }
}

/** A part starts at the context, or at the resource itself when the expression said %resource. */
function sideAction(context: Path, path: Path, side: string, then?: string): string {
  const within =
    context.steps.every((step, index) => path.steps[index]?.key === step.key) &&
    path.steps.length > context.steps.length;
  const fromRoot = !within || (then !== undefined && path.steps[0]?.key !== context.steps[0]?.key);
  const steps = fromRoot ? path.steps : path.steps.slice(context.steps.length);
  const text = reach(steps, then ?? sideCall(path, side));
  return fromRoot ? `{ const v = v0; ${text} }` : text;
}

function sideCall(path: Path, side: string): string {
  if (path.type === 'CodeableConcept') return `sideOfConcept(${side}, v);`;
  if (path.type === 'Coding') return `sideOfCode(${side}, v.system, v.code);`;
  if (path.type === 'Reference') return `sideOfReference(${side}, v);`;
  return `sideOfBareCode(${side}, undefined, v);`;
}

/** Code that walks steps from `v` and does `then` with each value reached, again called `v`. */
function reach(steps: Step[], then: string): string {
  const [step, ...rest] = steps;
  if (step === undefined) return then;
  const inner = reach(rest, then);
  const tested = step.where
    ? `if (${property('v', step.where.key)} === ${JSON.stringify(step.where.value)}) { ${inner} }`
    : inner;
  if (step.many && step.index === undefined) {
    return `if (Array.isArray(${property('v', step.key)})) for (const w of ${property('v', step.key)}) if (w != null) { const v = w; ${tested} }`;
  }
  const place = step.index === undefined ? '' : `?.[${step.index}]`;
  return `{ const w = ${property('v', step.key)}${place}; if (w != null) { const v = w; ${tested} } }`;
}

/** A property of a value. What is no plain name goes in as a literal, so that no name of a definition can become code. */
const property = (value: string, key: string): string =>
  /^[A-Za-z_]\w*$/.test(key) ? `${value}.${key}` : `${value}[${JSON.stringify(key)}]`;

function newNode(): Node {
  return { steps: new Map(), before: [], after: [], actions: [] };
}

function nodeAt(root: Node, steps: Step[]): Node {
  let node = root;
  for (const step of steps) {
    const key = JSON.stringify([step.key, step.index ?? null, step.where ?? null]);
    let next = node.steps.get(key);
    if (next === undefined) node.steps.set(key, (next = { step, node: newNode() }));
    node = next.node;
  }
  return node;
}

function body(node: Node, value: string, counter: { next: number }): string {
  const here = (actions: string[]) =>
    actions.length === 0 ? '' : `{ const v = ${value}; ${actions.join('\n')} }`;
  const children = [...node.steps.values()].map(({ step, node: child }) =>
    childCode(child, step, value, counter),
  );
  return [here(node.before), here(node.actions), ...children, here(node.after)].filter(Boolean).join('\n');
}

function childCode(node: Node, step: Step, value: string, counter: { next: number }): string {
  const name = `v${counter.next++}`;
  const get = property(value, step.key);
  if (!step.many || step.index !== undefined) {
    const place = step.index === undefined ? '' : `?.[${step.index}]`;
    return `const ${name} = ${get}${place};\nif (${name} != null) {\n${guarded(node, step, name, counter)}\n}`;
  }
  const item = `v${counter.next++}`;
  return [
    `const ${name} = ${get};`,
    `if (${name} != null) for (let i = 0; i < ${name}.length; i++) {`,
    `const ${item} = ${name}[i];`,
    `if (${item} != null) {`,
    guarded(node, step, item, counter),
    '}',
    '}',
  ].join('\n');
}

function guarded(node: Node, step: Step, value: string, counter: { next: number }): string {
  const inner = body(node, value, counter);
  return step.where
    ? `if (${property(value, step.where.key)} === ${JSON.stringify(step.where.value)}) {\n${inner}\n}`
    : inner;
}
