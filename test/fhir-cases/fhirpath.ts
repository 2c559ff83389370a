import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { Problem } from '../../server/platform/errors.ts';
import { openDefinitions } from '../../server/record/definitions/index.ts';
import {
  createFhirPath,
  exactText,
  parse,
  type Ast,
  type FhirPath,
  type Node,
} from '../../server/record/fhirpath/index.ts';
import { fromXml, parseJsonBytes } from '../../server/record/formats/index.ts';
import type { Resource } from '../../server/record/types.ts';
import { createValidator, type Validator } from '../../server/record/validation/index.ts';

export type CaseResult = { name: string; outcome: 'passed' | 'failed' | 'needs'; reason: string };

type Test = {
  name: string;
  input: string;
  expression: string;
  /** `syntax`, `semantic` or `execution` when the expression must be refused. */
  invalid: string | undefined;
  predicate: boolean;
  outputs: { type: string | undefined; text: string }[];
  strict: boolean;
};

/**
 * Runs HL7's FHIRPath cases (tests-fhir-r4.xml) in a folder. Example resources are looked for beside the file, in `input/`
 * and in the other folders given; a case whose resource is absent runs without it when its expression does not look at it.
 */
export function runFhirPathCases(dir: string, exampleDirs: string[] = []): CaseResult[] {
  const engine = createFhirPath(openDefinitions());
  const tests = readTests(readFileSync(join(dir, 'tests-fhir-r4.xml'), 'utf8'));
  const inputs = new Map<string, Resource | undefined>();
  return tests.map((test) => {
    if (!inputs.has(test.input))
      inputs.set(test.input, readInput([dir, join(dir, 'input'), ...exampleDirs], test.input));
    return runTest(engine, test, inputs.get(test.input));
  });
}

function readInput(dirs: string[], name: string): Resource | undefined {
  for (const dir of dirs) {
    for (const candidate of [name, name.replace(/\.xml$/, '.json'), name.replace(/\.json$/, '.xml')]) {
      const path = join(dir, candidate);
      if (name === '' || !existsSync(path)) continue;
      const bytes = readFileSync(path);
      return candidate.endsWith('.xml') ? fromXml(bytes.toString('utf8')) : parseJsonBytes(bytes);
    }
  }
  return undefined;
}

function runTest(engine: FhirPath, test: Test, input: Resource | undefined): CaseResult {
  const { name } = test;
  if (!input && looksAtInput(test.expression))
    return { name, outcome: 'needs', reason: `needs ${test.input}` };
  let nodes: Node[];
  try {
    const compiled = engine.compile(test.expression);
    nodes = compiled.nodes(
      engine.node(input ?? { resourceType: 'Patient' }),
      {},
      { strict: test.strict, conformsTo: conforms },
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (test.invalid !== undefined) return { name, outcome: 'passed', reason: '' };
    return { name, outcome: 'failed', reason: `refused: ${error.message}` };
  }
  if (test.invalid !== undefined)
    return {
      name,
      outcome: 'failed',
      reason: `not refused (${test.invalid}${test.strict ? ', strict mode' : ''})`,
    };
  const found = test.predicate ? [String(truth(nodes))] : nodes.map(written);
  const wanted = test.outputs.map((output) => normal(output.text, output.type));
  const same =
    found.length === wanted.length &&
    found.every((one, at) => normal(one, test.outputs[at]?.type) === wanted[at]);
  return same
    ? { name, outcome: 'passed', reason: '' }
    : { name, outcome: 'failed', reason: `gave ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}` };
}

let validator: Validator | undefined;

/** An unknown profile is refused, as the cases ask. */
function conforms(node: Node, profile: string): boolean {
  const definitions = openDefinitions();
  const structure = definitions.structure(profile);
  if (!structure) throw new Problem('record/profile-unknown', 422, `The profile ${profile} is not here.`);
  validator ??= createValidator(definitions);
  return validator
    .validate(node.value as Resource, { profiles: [profile] })
    .every((issue) => issue.severity !== 'error');
}

function truth(nodes: Node[]): boolean {
  return nodes.length > 0 && nodes[0]?.value !== false;
}

function written(node: Node): string {
  if (node.type === 'System.Quantity') {
    const { value, unit, isCalendar } = node.value as { value: number; unit: string; isCalendar: boolean };
    return isCalendar ? `${value} ${unit}` : `${value} '${unit}'`;
  }
  return typeof node.value === 'object' ? (JSON.stringify(node.value) ?? '') : exactText(node.value);
}

function normal(text: string, type: string | undefined): string {
  if (type === 'decimal' || type === 'integer') return String(Number(text));
  const quantity = /^(-?[\d.]+) (.+)$/.exec(text);
  if (type === 'Quantity' && quantity) return `${Number(quantity[1])} ${quantity[2]}`;
  return text.replace(/^@T?/, '');
}

/** True when an expression reads from the resource it runs on, rather than only from its own literals. */
function looksAtInput(expression: string): boolean {
  try {
    return reads(parse(expression), false);
  } catch {
    return false;
  }
}

/** `inner` is true where names mean members of values the expression made itself. */
function reads(ast: Ast, inner: boolean): boolean {
  switch (ast.kind) {
    case 'member':
      return !inner;
    case 'variable':
      return ['resource', 'context', 'rootResource'].includes(ast.name);
    case 'this':
      return !inner;
    case 'call':
      return !inner && !['iif', 'today', 'now', 'timeOfDay', 'defineVariable', 'coalesce'].includes(ast.name)
        ? true
        : ast.args.some(
            (one) => reads(one, inner && ast.name !== 'is' && ast.name !== 'as') && !isTypeCall(ast.name),
          );
    case 'dot':
      return reads(ast.left, inner) || reads(ast.right, true);
    case 'at':
      return reads(ast.left, inner) || reads(ast.index, inner);
    case 'sign':
      return reads(ast.of, inner);
    case 'type':
      return reads(ast.left, inner);
    case 'binary':
      return reads(ast.left, inner) || reads(ast.right, inner);
    default:
      return false;
  }
}

function isTypeCall(name: string): boolean {
  return name === 'is' || name === 'as' || name === 'ofType';
}

function readTests(xml: string): Test[] {
  const parser = new SaxesParser({ xmlns: false });
  const tests: Test[] = [];
  let current: Test | undefined;
  let text = '';
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    const value = (key: string): string | undefined => attributes[key] as string | undefined;
    if (name === 'test') {
      current = {
        name: value('name') ?? '',
        input: value('inputfile') ?? '',
        expression: '',
        invalid: undefined,
        predicate: value('predicate') === 'true',
        outputs: [],
        strict: value('mode') === 'strict',
      };
    } else if (name === 'expression' && current) {
      current.invalid = value('invalid');
    } else if (name === 'output' && current) {
      current.outputs.push({ type: value('type'), text: '' });
    }
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('cdata', (part) => {
    text += part;
  });
  parser.on('closetag', ({ name }) => {
    if (!current) return;
    const last = current.outputs.at(-1);
    if (name === 'expression') current.expression = text;
    else if (name === 'output' && last) last.text = text;
    else if (name === 'test') {
      tests.push(current);
      current = undefined;
    }
  });
  parser.write(xml).close();
  return tests;
}
