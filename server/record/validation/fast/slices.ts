import { isTree } from '../run.ts';
import type { Shape, Shapes } from '../shape.ts';
import { equals, matchesPattern } from '../values.ts';
import type { Accept } from './accept.ts';

type Test = (value: unknown) => boolean;
type Slice = { matches: Test; accepts: Test | undefined; min: number; max: number };

/** The check of a list sliced by plain values; undefined when the slices are told apart in ways left to the full check. */
export function listSlices(
  shape: Shape,
  shapes: Shapes,
  acceptorOf: (shape: Shape) => Accept,
): ((list: unknown[]) => boolean) | undefined {
  const { slicing } = shape.element;
  if (!slicing || slicing.ordered || slicing.rules === 'openAtEnd' || slicing.discriminators.length === 0)
    return undefined;
  const slices: Slice[] = [];
  for (const slice of shape.slices) {
    const matches = membership(shape, slice);
    if (!matches || saysMoreThanItsChildren(shape, slice)) return undefined;
    const { min, max } = slice.element;
    slices.push({ matches, accepts: contentCheck(slice, shapes, acceptorOf), min, max });
  }
  const isOpen = slicing.rules === 'open';
  return (list) => {
    for (const slice of slices) if (!fits(slice, list)) return false;
    return isOpen || list.every((one) => slices.some((slice) => slice.matches(one)));
  };
}

function fits({ matches, accepts, min, max }: Slice, list: unknown[]): boolean {
  let count = 0;
  for (const one of list) {
    if (!matches(one)) continue;
    count++;
    if (accepts && !accepts(one)) return false;
  }
  return count >= min && count <= max;
}

/** Bindings, fixed values and rules of the slice element itself are rare: those are left to the full check. */
function saysMoreThanItsChildren(shape: Shape, slice: Shape): boolean {
  const { element } = slice;
  const known = new Set(shape.element.constraints.map((one) => one.key));
  const addsRule = slice.children.length === 0 && element.constraints.some((one) => !known.has(one.key));
  return addsRule || element.binding?.valueSet !== shape.element.binding?.valueSet || slice.slices.length > 0;
}

function contentCheck(slice: Shape, shapes: Shapes, acceptorOf: (shape: Shape) => Accept): Test | undefined {
  if (slice.children.length > 0) {
    const accept = acceptorOf(slice);
    return (value) => isTree(value) && accept(value);
  }
  const [type] = slice.element.types;
  const profile =
    type?.code === 'Extension' || type?.profiles?.length !== 1 ? undefined : shapes.of(type.profiles[0]!);
  if (!profile) return undefined;
  const accept = acceptorOf(profile);
  return (value) => isTree(value) && accept(value);
}

function membership(shape: Shape, slice: Shape): Test | undefined {
  const tests: Test[] = [];
  for (const { type, path } of shape.element.slicing?.discriminators ?? []) {
    if (type !== 'value' && type !== 'pattern') return undefined;
    const test = path === 'url' ? urlTest(slice) : valueTest(slice, path);
    if (!test) return undefined;
    tests.push(test);
  }
  return (value) => tests.every((test) => test(value));
}

function urlTest(slice: Shape): Test | undefined {
  const profile = slice.element.types[0]?.profiles?.[0]?.split('|')[0];
  const fixed = slice.byKey.get('url')?.child.element.fixed?.value;
  const url = profile ?? fixed;
  return typeof url === 'string' ? (value) => isTree(value) && value['url'] === url : undefined;
}

function valueTest(slice: Shape, path: string): Test | undefined {
  const names = path === '$this' ? [] : path.split('.');
  let at: Shape | undefined = slice;
  for (const name of names) at = at?.byKey.get(name)?.child;
  if (!at || at.slices.length > 0) return undefined;
  const { fixed, pattern } = at.element;
  if (fixed) return (value) => someAt(value, names, 0, (one) => equals(one, fixed.value));
  if (pattern) return (value) => someAt(value, names, 0, (one) => matchesPattern(one, pattern.value));
  return undefined;
}

function someAt(value: unknown, names: string[], at: number, test: Test): boolean {
  if (Array.isArray(value)) return value.some((one) => someAt(one, names, at, test));
  if (at === names.length) return test(value);
  return isTree(value) && someAt(value[names[at]!], names, at + 1, test);
}
