import type { Definitions, Field } from '../../definitions/index.ts';
import { parse, type Ast } from '../../fhirpath/index.ts';
import { dateOrder } from './checks.ts';
import { property, type Source } from './source.ts';

/**
 * Turns the FHIRPath of invariants into JavaScript over plain JSON. Conditions become expressions that are true, false
 * or undefined (empty); collections become loops. What is outside this subset is left to the general engine, part by part.
 */
export type InvariantWriter = {
  source: Source;
  definitions: Definitions;
  /** The general engine for a part of an expression, over a value of a type. */
  fallback(ast: Ast, type: string): (value: unknown) => boolean | undefined;
};

/** `present` gives, for choice elements already counted, the expression that tells whether there is one. */
type Value = { name: string; type: string; isPrimitive: boolean; present?: Map<string, string> };
type Body = (value: Value) => string;

/** Writes a JavaScript expression that is `true` when the invariant holds for a value. */
export function writeInvariant(writer: InvariantWriter, expression: string, on: Value): string {
  return `${condition(writer, parse(expression), on)} === true`;
}

function condition(writer: InvariantWriter, ast: Ast, on: Value): string {
  return written(writer, ast, on) ?? leave(writer, ast, on);
}

function leave(writer: InvariantWriter, ast: Ast, on: Value): string {
  return `${writer.source.constant(writer.fallback(ast, on.type))}(${on.name})`;
}

function written(writer: InvariantWriter, ast: Ast, on: Value): string | undefined {
  switch (ast.kind) {
    case 'literal':
      return ast.type === 'Boolean' ? ast.text : undefined;
    case 'binary':
      return binary(writer, ast, on);
    case 'dot':
      return ast.right.kind === 'call' ? called(writer, ast.left, ast.right, on) : undefined;
    case 'call':
      return called(writer, { kind: 'this' }, ast, on);
    default:
      return undefined;
  }
}

function binary(writer: InvariantWriter, ast: Ast & { kind: 'binary' }, outer: Value): string | undefined {
  const { operator, left, right } = ast;
  const { source } = writer;
  if (operator === '=' || operator === '!=') return equality(writer, ast, outer);
  const on = inside(outer);
  switch (operator) {
    case 'and':
    case 'or': {
      const decided = operator === 'or';
      const a = condition(writer, left, on);
      const body = `const $a = ${a}; if ($a === ${decided}) return ${decided}; const $b = ${condition(writer, right, on)};
return $b === ${decided} ? ${decided} : $a === undefined || $b === undefined ? undefined : ${!decided};`;
      return `${source.helper(on.name, body)}(${on.name})`;
    }
    case 'implies': {
      const body = `const $a = ${condition(writer, left, on)}; if ($a === false) return true; const $b = ${condition(writer, right, on)};
return $b === true ? true : $a === undefined ? undefined : $b;`;
      return `${source.helper(on.name, body)}(${on.name})`;
    }
    case 'xor': {
      const body = `const $a = ${condition(writer, left, on)}; const $b = ${condition(writer, right, on)};
return $a === undefined || $b === undefined ? undefined : $a !== $b;`;
      return `${source.helper(on.name, body)}(${on.name})`;
    }
    case '<=':
      return momentOrder(writer, left, right, on);
    default:
      return undefined;
  }
}

/** The same value inside a helper function, where the counters of the main function are out of reach. */
function inside({ name, type, isPrimitive }: Value): Value {
  return { name, type, isPrimitive };
}

/** `path = 'text'`, `path = true`, and conditions compared with each other. */
function equality(writer: InvariantWriter, ast: Ast & { kind: 'binary' }, on: Value): string | undefined {
  const { left, right, operator } = ast;
  const same = operator === '=';
  if (isDefinite(left) && isDefinite(right)) {
    return `(${condition(writer, left, on)} ${same ? '===' : '!=='} ${condition(writer, right, on)})`;
  }
  const wanted = right.kind === 'literal' ? literal(right) : constantText(right);
  if (wanted === undefined) return undefined;
  let isPlain = true;
  const loop = each(writer, left, inside(on), (value) => {
    isPlain &&= value.isPrimitive && comparable(value.type, typeof wanted);
    return `$n++; $v = ${value.name};`;
  });
  if (loop === undefined || !isPlain) return undefined;
  const body = `let $n = 0, $v; ${loop} return $n === 0 ? undefined : $n === 1 ? ${same ? '' : '!'}($v === ${JSON.stringify(wanted)}) : ${!same};`;
  return `${writer.source.helper(on.name, body)}(${on.name})`;
}

const texts = new Set(['string', 'code', 'uri', 'url', 'canonical', 'id', 'markdown', 'oid', 'uuid']);

function comparable(type: string, json: string): boolean {
  return json === 'string' ? texts.has(type) : type === 'boolean' && json === 'boolean';
}

function literal(ast: Ast & { kind: 'literal' }): string | boolean | undefined {
  if (ast.type === 'String') return ast.text;
  return ast.type === 'Boolean' ? ast.text === 'true' : undefined;
}

function constantText(ast: Ast): string | undefined {
  return ast.kind === 'variable' && ast.name === 'ucum' ? 'http://unitsofmeasure.org' : undefined;
}

function momentOrder(writer: InvariantWriter, left: Ast, right: Ast, on: Value): string | undefined {
  const one = onlyField(writer, left, on);
  const two = onlyField(writer, right, on);
  const moments = new Set(['date', 'dateTime', 'instant']);
  if (!one || !two || !moments.has(one.type) || !moments.has(two.type)) return undefined;
  const order = writer.source.constant(dateOrder);
  const body = `const $a = ${property(on.name, one.key)}, $b = ${property(on.name, two.key)};
if ($a === undefined || $b === undefined) return undefined; const $c = ${order}($a, $b); return $c === undefined ? undefined : $c <= 0;`;
  return `${writer.source.helper(on.name, body)}(${on.name})`;
}

function onlyField(writer: InvariantWriter, ast: Ast, on: Value): Field | undefined {
  if (ast.kind !== 'member') return undefined;
  const fields = fieldsNamed(writer, on.type, ast.name);
  return fields.length === 1 && !fields[0]!.isArray ? fields[0] : undefined;
}

/** Conditions that are never empty. */
function isDefinite(ast: Ast): boolean {
  const call = ast.kind === 'dot' ? ast.right : ast;
  return call.kind === 'call' && ['exists', 'empty', 'hasValue', 'all'].includes(call.name);
}

function called(
  writer: InvariantWriter,
  left: Ast,
  call: Ast & { kind: 'call' },
  on: Value,
): string | undefined {
  const [argument] = call.args;
  switch (call.name) {
    case 'exists':
    case 'empty': {
      const of: Ast = argument
        ? { kind: 'dot', left, right: { kind: 'call', name: 'where', args: [argument] } }
        : left;
      const found = exists(writer, of, on);
      return found === undefined ? undefined : call.name === 'exists' ? found : `!${found}`;
    }
    case 'not': {
      const of = condition(writer, left, on);
      if (left.kind === 'this') return undefined;
      return isDefinite(left)
        ? `!(${of})`
        : `${writer.source.helper('$a', 'return $a === undefined ? undefined : !$a;')}(${of})`;
    }
    case 'hasValue': {
      const field = onlyField(writer, left, on);
      return field?.isPrimitive ? `(${property(on.name, field.key)} !== undefined)` : undefined;
    }
    case 'all': {
      if (!argument) return undefined;
      const loop = each(
        writer,
        left,
        on,
        (value) => `if (${condition(writer, argument, value)} !== true) return false;`,
      );
      return loop === undefined
        ? undefined
        : `${writer.source.helper(on.name, `${loop} return true;`)}(${on.name})`;
    }
    default:
      return undefined;
  }
}

function exists(writer: InvariantWriter, ast: Ast, on: Value): string | undefined {
  if (ast.kind === 'member' && !on.isPrimitive) {
    const fields = fieldsNamed(writer, on.type, ast.name);
    if (fields.length > 0)
      return `(${fields.map((field) => `${property(on.name, field.key)} !== undefined`).join(' || ')})`;
  }
  const loop = each(writer, ast, inside(on), () => 'return true;');
  return loop === undefined
    ? undefined
    : `${writer.source.helper(on.name, `${loop} return false;`)}(${on.name})`;
}

/** Writes a loop over every value of a path; undefined when the path is outside the subset. */
function each(writer: InvariantWriter, ast: Ast, on: Value, body: Body): string | undefined {
  switch (ast.kind) {
    case 'this':
      return body(on);
    case 'member':
      return eachField(writer, ast.name, on, body);
    case 'dot':
      return eachStep(writer, ast.left, ast.right, on, body);
    default:
      return undefined;
  }
}

function eachStep(writer: InvariantWriter, left: Ast, right: Ast, on: Value, body: Body): string | undefined {
  if (right.kind === 'member')
    return nested(writer, left, on, (value) => eachField(writer, right.name, value, body));
  if (right.kind !== 'call' || right.name !== 'where' || !right.args[0]) return undefined;
  const [test] = right.args;
  return nested(
    writer,
    left,
    on,
    (value) => `if (${condition(writer, test, value)} === true) { ${body(value)} }`,
  );
}

function nested(
  writer: InvariantWriter,
  ast: Ast,
  on: Value,
  inner: (value: Value) => string | undefined,
): string | undefined {
  let isWritten = true;
  const loop = each(writer, ast, on, (value) => {
    const text = inner(value);
    isWritten &&= text !== undefined;
    return text ?? '';
  });
  return isWritten ? loop : undefined;
}

function eachField(writer: InvariantWriter, name: string, on: Value, body: Body): string | undefined {
  const fields = on.isPrimitive ? [] : fieldsNamed(writer, on.type, name);
  if (fields.length === 0) return undefined;
  return fields.map((field) => oneField(writer, field, on, body)).join('\n');
}

function oneField(writer: InvariantWriter, field: Field, on: Value, body: Body): string {
  const held = writer.source.name('v');
  const { type, isPrimitive } = field;
  if (!field.isArray)
    return `{ const ${held} = ${property(on.name, field.key)}; if (${held} !== undefined) { ${body({ name: held, type, isPrimitive })} } }`;
  const item = writer.source.name('v');
  const at = writer.source.name('i');
  const loop = `for (let ${at} = 0; ${at} < ${held}.length; ${at}++) { const ${item} = ${held}[${at}]; ${body({ name: item, type, isPrimitive })} }`;
  return `{ const ${held} = ${property(on.name, field.key)}; if (${held} !== undefined) ${loop} }`;
}

function fieldsNamed(writer: InvariantWriter, type: string, name: string): Field[] {
  // A resource of any type: what every contained resource may have is asked for.
  const known = type === 'Resource' ? 'DomainResource' : type;
  return [...writer.definitions.fields(known).values()].filter((field) => field.name === name);
}
