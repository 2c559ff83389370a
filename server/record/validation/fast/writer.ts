import type { Constraint, Definitions, ElementType } from '../../definitions/index.ts';
import { isExact } from '../../fhirpath/index.ts';
import { hasTrueSize } from '../attachments.ts';
import { checkedElsewhere } from '../constraints.ts';
import { narrativeFault } from '../narrative.ts';
import { isNhsNumber, nhsNumberSystem } from '../../../people/index.ts';
import { primitiveRules } from '../primitives.ts';
import type { Tree } from '../run.ts';
import type { Shape, Shapes } from '../shape.ts';
import { equals, matchesPattern } from '../values.ts';
import { listSlices } from './slices.ts';
import type { Accept } from './accept.ts';
import { hasBoundCode } from './checks.ts';
import { writeInvariant, type InvariantWriter } from './invariant.ts';
import { createSource, type Source } from './source.ts';

/** What generated code calls outside itself. */
export type Outside = {
  definitions: Definitions;
  shapes: Shapes;
  fallback: InvariantWriter['fallback'];
  /** The check of a shape; `place` is the element path it stands at where extensions are allowed by that path. */
  acceptorOf(shape: Shape, place?: string): Accept;
  inner(value: unknown, wanted: string): boolean;
  contained(value: unknown): boolean;
  reference(type: ElementType): (value: Tree) => boolean;
  codeExists(system: unknown, code: unknown): boolean;
  /** The check of an extension that stands in a value answering to these names. */
  extension(holder: Set<string>): (value: Tree) => boolean;
};

type Writing = Outside & { source: Source; place: string | undefined };

/** Writes the fast check of one shape: each key once, then what must be there, then the invariants. */
export function writeAcceptor(outside: Outside, shape: Shape, place: string | undefined): Accept {
  const source = createSource();
  const writing: Writing = { ...outside, source, place };
  const counters: string[] = [];
  const present = new Map<string, string>();
  const cases: string[] = [];
  const after: string[] = [];
  for (const child of shape.children) {
    const min = child.slices.some((slice) => slice.element.min > 0) ? 1 : child.element.min;
    const counter = min > 0 || child.keys.length > 1 ? source.name('n') : '';
    if (counter) {
      counters.push(`, ${counter} = 0`);
      present.set(child.element.name.replace('[x]', ''), `(${counter} > 0)`);
      after.push(min > 0 ? `if (${counter} !== 1) return false;` : `if (${counter} > 1) return false;`);
    }
    for (const { key, type } of child.keys) cases.push(...keyCases(writing, child, key, type, counter));
  }
  if (shape.structure.kind === 'resource' && shape.element === shape.structure.elements[0])
    cases.push(`case 'resourceType': break;`);
  after.push(...typeRules(writing, typePath(shape)));
  after.push(
    ...invariants(writing, shape.element.constraints, {
      name: 'o',
      type: typePath(shape),
      isPrimitive: false,
      present,
    }),
  );
  const text = `if (typeof o !== 'object' || o === null) return false;
let any = false${counters.join('')};
for (const key in o) { const v = o[key]; any = true; switch (key) {
${cases.join('\n')}
default: return false; } }
if (!any) return false;
${after.join('\n')}
return true;`;
  return source.build('o', text) as unknown as Accept;
}

function typePath(shape: Shape): string {
  return (shape.element.contentReference ?? shape.element.path).replaceAll(/:[^.]*/g, '');
}

/** Rules of single data types that their definitions do not state. */
function typeRules({ source, ...outside }: Writing, type: string): string[] {
  switch (type) {
    case 'Coding':
    case 'Quantity':
      return [
        `if (o.system !== undefined && !${source.constant(outside.codeExists)}(o.system, o.code)) return false;`,
      ];
    case 'Attachment':
      return [`if (!${source.constant(hasTrueSize)}(o)) return false;`];
    case 'Identifier':
      return [
        `if (o.system === ${JSON.stringify(nhsNumberSystem)} && !${source.constant(isNhsNumber)}(o.value ?? '')) return false;`,
      ];
    default:
      return [];
  }
}

function keyCases(writing: Writing, child: Shape, key: string, type: ElementType, counter: string): string[] {
  const { element } = child;
  const label = `case ${JSON.stringify(key)}:`;
  const slices =
    element.isArray && child.slices.length > 0
      ? listSlices(child, writing.shapes, writing.acceptorOf)
      : undefined;
  if (element.max === 0 || element.name === 'modifierExtension' || (child.slices.length > 0 && !slices))
    return [`${label} return false;`];
  if (type.code !== 'id' && key === 'id') return [`${label} return false;`];
  const count = counter ? `${counter}++; ` : '';
  if (!element.isArray) {
    const own = `${label} ${count}${valueChecks(writing, child, type, 'v')} break;`;
    return primitiveRules[type.code] ? [own, twinCase(writing, child, key)] : [own];
  }
  const most = element.max === Infinity ? '' : ` || v.length > ${element.max}`;
  const least = element.min > 1 ? ` || v.length < ${element.min}` : '';
  const sliced = slices ? `if (!${writing.source.constant(slices)}(v)) return false; ` : '';
  return [
    `${label} ${count}if (!Array.isArray(v) || v.length === 0${most}${least}) return false;
for (let i = 0; i < v.length; i++) { const w = v[i]; ${valueChecks(writing, child, type, 'w')} } ${sliced}break;`,
  ];
}

/** The id and extensions of a primitive that has a value too; one without a value is left to the full check. */
function twinCase(writing: Writing, child: Shape, key: string): string {
  const element = writing.shapes.of('Element');
  const accept = element
    ? `!${writing.source.constant(writing.acceptorOf(element, placeOf(writing, child)))}(v)`
    : 'true';
  return `case ${JSON.stringify(`_${key}`)}: if (o[${JSON.stringify(key)}] === undefined || ${accept}) return false; break;`;
}

/** Statements that return false unless the value named `name` is right. */
function valueChecks(writing: Writing, child: Shape, type: ElementType, name: string): string {
  const { definitions, source } = writing;
  const { code } = type;
  if (primitiveRules[code]) {
    return [
      ...primitive(writing, child, type, name),
      ...invariants(writing, child.element.constraints, { name, type: code, isPrimitive: true }),
    ].join(' ');
  }
  if (code === 'Resource' || definitions.isResourceType(code)) {
    const check =
      child.element.name === 'contained'
        ? `${source.constant(writing.contained)}(${name})`
        : `${source.constant(writing.inner)}(${name}, ${JSON.stringify(code)})`;
    return `if (!${check}) return false;`;
  }
  return complex(writing, child, type, name).join(' ');
}

/** The element path, when some extension names it as where it may stand. */
function placeOf({ definitions, place }: Writing, child: Shape): string | undefined {
  const own = child.element.path.replaceAll(/:[^.]*/g, '');
  const inside = place === undefined ? own : `${place}.${child.element.name}`;
  const contexts = definitions.extensionContexts();
  const plain = inside.replace('[x]', '');
  if (contexts.has(inside)) return inside;
  return contexts.has(own) ? own : contexts.has(plain) ? plain : undefined;
}

/** The names that what holds an extension answers to wherever it stands: its type or in-place path, and what that is made from. */
function holderNames({ definitions, place }: Writing, child: Shape): Set<string> {
  const path = child.element.path.slice(0, child.element.path.lastIndexOf('.')).replaceAll(/:[^.]*/g, '');
  const names = new Set([path, 'Element']);
  if (place !== undefined) names.add(place);
  let type: string | undefined = path.includes('.') ? 'BackboneElement' : path;
  for (; type !== undefined; type = definitions.structure(type)?.base?.split('/').at(-1)) names.add(type);
  return names;
}

function complex(writing: Writing, child: Shape, type: ElementType, name: string): string[] {
  const { source, shapes, acceptorOf } = writing;
  const shape = child.children.length > 0 ? child : shapes.of(type.code);
  if (!shape || shape.children.length === 0) return ['return false;'];
  const isExtension = type.code === 'Extension' && child.element.name === 'extension';
  const accept = isExtension
    ? writing.extension(holderNames(writing, child))
    : acceptorOf(shape, placeOf(writing, child));
  const checks = [`!${source.constant(accept)}(${name})`];
  for (const url of type.profiles ?? []) {
    const profile = shapes.of(url);
    if (profile) checks.push(`!${source.constant(acceptorOf(profile))}(${name})`);
  }
  if (type.code === 'Reference') checks.push(`!${source.constant(writing.reference(type))}(${name})`);
  const codes = boundCheck(writing, child);
  if (codes)
    checks.push(
      `!${source.constant(hasBoundCode)}(${JSON.stringify(type.code)}, ${name}, ${source.constant(codes)})`,
    );
  const known = new Set(shape.element.constraints.map((one) => one.key));
  const own = shape === child ? [] : child.element.constraints.filter((one) => !known.has(one.key));
  return [
    `if (${checks.join(' || ')}) return false;`,
    ...statedValues(writing, child, name),
    ...invariants(writing, own, { name, type: type.code, isPrimitive: false }),
  ];
}

function primitive(writing: Writing, child: Shape, type: ElementType, name: string): string[] {
  const { source } = writing;
  const rule = primitiveRules[type.code]!;
  const isNumber = rule.json === 'number';
  const shape = isNumber
    ? `typeof ${name} !== 'number' && !${source.constant(isExact)}(${name})`
    : `typeof ${name} !== '${rule.json}'`;
  const checks = [`(${shape})`];
  if (rule.json !== 'boolean') checks.push(`!${source.constant(rule.test)}(${name})`);
  if (type.code === 'xhtml') checks.push(`${source.constant(narrativeFault)}(${name}) !== undefined`);
  const codes =
    type.code === 'code' || type.code === 'uri' || type.code === 'string'
      ? boundCheck(writing, child)
      : undefined;
  if (codes) checks.push(`${source.constant(codes)}(undefined, ${name}) === false`);
  return [`if (${checks.join(' || ')}) return false;`, ...statedValues(writing, child, name)];
}

function boundCheck(
  { definitions }: Writing,
  { element }: Shape,
): ((system: string | undefined, code: string) => boolean | undefined) | undefined {
  const url = element.binding?.strength === 'required' ? element.binding.valueSet : undefined;
  if (url === undefined) return undefined;
  const expansion = definitions.expand(url);
  return expansion.enumerable || expansion.known ? expansion.check : undefined;
}

/** Fixed values, patterns and limits are rare in base types: any of them not met leaves the value to the full check. */
function statedValues({ source }: Writing, { element }: Shape, name: string): string[] {
  const { fixed, pattern, minValue, maxValue, maxLength } = element;
  const checks: string[] = [];
  if (fixed) checks.push(`!${source.constant(equals)}(${name}, ${source.constant(fixed.value)})`);
  if (pattern) checks.push(`!${source.constant(matchesPattern)}(${name}, ${source.constant(pattern.value)})`);
  if (minValue) checks.push(`!(${name} >= ${source.constant(minValue.value)})`);
  if (maxValue) checks.push(`!(${name} <= ${source.constant(maxValue.value)})`);
  if (maxLength !== undefined) checks.push(`${name}.length > ${maxLength}`);
  return checks.length > 0 ? [`if (${checks.join(' || ')}) return false;`] : [];
}

function invariants(
  writing: Writing,
  constraints: Constraint[],
  on: Parameters<typeof writeInvariant>[2],
): string[] {
  return constraints.flatMap(({ key, severity, expression }) => {
    if (checkedElsewhere.has(key) || severity !== 'error' || expression === undefined) return [];
    return [`if (!(${writeInvariant(writing, expression, on)})) return false;`];
  });
}
