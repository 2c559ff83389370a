import type { FieldNode } from 'graphql';
import type { Definitions } from '../definitions/index.ts';
import { createFhirPath, type FhirPath } from '../fhirpath/index.ts';
import { isRawNumber, numberText } from '../formats/index.ts';
import { Problem } from '../../platform/errors.ts';
import { invalid } from './failure.ts';

/** An object with children, and its shape: a type, or a backbone path. */
export type Element = { shape: string; object: Record<string, unknown> };

const engines = new WeakMap<Definitions, FhirPath>();

/**
 * Chooses elements of a list by the arguments of their field: FHIRPath, the value of a child, then place.
 * Source: HL7 FHIR R4, graphql.html, list navigation.
 */
export function filtered<One extends Element>(
  elements: One[],
  values: Map<string, unknown>,
  definitions: Definitions,
  node: FieldNode,
): One[] {
  let kept = elements;
  for (const [name, value] of values) {
    if (name === 'fhirpath' || name === '_fhirpath')
      kept = byFhirPath(kept, String(value), definitions, node);
    else if (name !== '_offset' && name !== '_count')
      kept = kept.filter(({ object }) => hasValue(object[name], value));
  }
  const offset = whole(values.get('_offset') ?? 0, node);
  const count = whole(values.get('_count') ?? kept.length, node);
  return kept.slice(offset, offset + count);
}

/** The elements for which a FHIRPath expression is true. */
export function byFhirPath<One extends Element>(
  elements: One[],
  expression: string,
  definitions: Definitions,
  node: FieldNode,
): One[] {
  if (elements.length === 0) return elements;
  const engine = engineFor(definitions);
  return guarded(node, () => {
    engine.compile(expression);
    const items = elements.map(({ object, shape }) => engine.node(object, shape));
    const [first] = items;
    const kept =
      first === undefined ? [] : engine.compile(`%items.where(${expression})`).nodes(first, { items });
    return elements.filter((_element, index) => kept.some((item) => item === items[index]));
  });
}

/** The text that a FHIRPath expression gives for an element; empty when it gives nothing. */
export function textOf(
  element: Element,
  index: number,
  expression: string,
  definitions: Definitions,
  node: FieldNode,
): string {
  if (expression.trim() === '$index') return String(index);
  const engine = engineFor(definitions);
  const nodes = guarded(node, () =>
    engine.compile(expression).nodes(engine.node(element.object, element.shape)),
  );
  return nodes.map(({ value }) => (isRawNumber(value) ? numberText(value) : String(value))).join();
}

function engineFor(definitions: Definitions): FhirPath {
  let engine = engines.get(definitions);
  if (engine === undefined) engines.set(definitions, (engine = createFhirPath(definitions)));
  return engine;
}

function guarded<T>(node: FieldNode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) throw invalid('The FHIRPath expression cannot be read or evaluated', node);
    throw error;
  }
}

function hasValue(held: unknown, wanted: unknown): boolean {
  if (Array.isArray(held)) return held.some((item) => hasValue(item, wanted));
  if (Array.isArray(wanted)) return wanted.some((item) => hasValue(held, item));
  const text = isRawNumber(held) ? numberText(held) : String(held);
  return (
    held !== undefined &&
    held !== null &&
    (text === String(wanted) || (typeof wanted === 'number' && Number(text) === wanted))
  );
}

function whole(value: unknown, node: FieldNode): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw invalid('_offset and _count must be whole numbers', node);
}
