import type { Slicing } from '../definitions/index.ts';
import { resolveReference } from './resolve.ts';
import { isTree, passes, type Item, type Run } from './run.ts';
import type { Shape } from './shape.ts';
import { equals, matchesPattern } from './values.ts';

type Discriminator = Slicing['discriminators'][number];
/** A value of the item and the definition the slice gives of it. */
type Pair = { item: Item; shapes: Shape[] };

/** Says whether an item belongs to a slice by one discriminator. */
export function matchesDiscriminator(
  run: Run,
  slice: Shape,
  discriminator: Discriminator,
  item: Item,
): boolean {
  const steps = stepsOf(discriminator.path);
  const pair = follow(run, [{ item, shapes: [slice] }], steps);
  const shapes = follow(run, [{ item: { ...item, value: undefined }, shapes: [slice] }], steps, true).flatMap(
    (one) => one.shapes,
  );
  switch (discriminator.type) {
    case 'exists':
      return matchesExists(shapes, pair);
    case 'type':
      return pair.some(({ item: one }) => shapes.some((shape) => hasType(run, shape, one)));
    case 'profile':
      return pair.some(({ item: one }) => shapes.some((shape) => followsProfile(run, shape, one)));
    default:
      return pair.length > 0
        ? pair.some(
            ({ item: one, shapes: given }) =>
              given.every((shape) => matchesValue(run, shape, one)) && given.length > 0,
          )
        : false;
  }
}

function matchesExists(shapes: Shape[], pairs: Pair[]): boolean {
  const present = pairs.some(({ item }) => item.value !== undefined || item.twin !== undefined);
  if (shapes.some((shape) => shape.element.max === 0)) return !present;
  return shapes.some((shape) => shape.element.min > 0) ? present : true;
}

function hasType(run: Run, shape: Shape, item: Item): boolean {
  const type =
    isTree(item.value) && typeof item.value['resourceType'] === 'string'
      ? item.value['resourceType']
      : item.type.code;
  return (
    shape.element.types.some(
      (one) => one.code === type || run.definitions.structure(one.code)?.type === type,
    ) || shape.structure.type === type
  );
}

function followsProfile(run: Run, shape: Shape, item: Item): boolean {
  const { value } = item;
  if (!isTree(value)) return false;
  const urls = shape.element.types.flatMap((type) =>
    type.code === 'Reference' ? (type.targetProfiles ?? []) : (type.profiles ?? []),
  );
  const profiles = urls.length > 0 ? urls.map((url) => run.shapes.of(url)) : [shape];
  return profiles.some((profile) => {
    if (!profile) return false;
    if (typeof value['resourceType'] === 'string') {
      return (
        profile.structure.type === value['resourceType'] &&
        passes(run, (aside) => aside.walk.profile(aside, value as never, profile, item.path))
      );
    }
    return passes(run, (aside) => aside.walk.object(aside, profile, value, item.path));
  });
}

/** A value belongs when it keeps what the slice states of it: fixed value, pattern, required codes, or the same further down. */
function matchesValue(run: Run, shape: Shape, item: Item): boolean {
  const { fixed, pattern, binding, min } = shape.element;
  const { value } = item;
  if (value === undefined) return min === 0 && !fixed && !pattern && stated(shape) === 0;
  if (fixed) return equals(value, fixed.value);
  if (pattern) return matchesPattern(value, pattern.value);
  if (stated(shape) > 0 && isTree(value))
    return passes(run, (aside) => aside.walk.object(aside, shape, value, item.path));
  if (binding?.strength === 'required') return passes(run, (aside) => aside.walk.item(aside, shape, item));
  return true;
}

/** How many things below an element are stated that could tell slices apart. */
function stated(shape: Shape): number {
  return shape.children.reduce((count, child) => {
    const own =
      child.element.fixed ||
      child.element.pattern ||
      child.slices.length > 0 ||
      child.element.binding?.strength === 'required'
        ? 1
        : 0;
    return count + own + stated(child);
  }, 0);
}

type Step =
  | { kind: 'child'; name: string }
  | { kind: 'extension'; url: string }
  | { kind: 'resolve' }
  | { kind: 'ofType'; type: string };

/** Reads the restricted FHIRPath that discriminators may use. Source: http://hl7.org/fhir/R4/profiling.html#discriminator */
function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  const part =
    /extension\(\s*['"]([^'"]+)['"]\s*\)|resolve\(\)|ofType\(\s*([\w.]+)\s*\)|\$this|[A-Za-z_]\w*(?:\[x\])?/g;
  for (const [text, url, type] of path.matchAll(part)) {
    if (text === '$this') continue;
    if (url !== undefined) steps.push({ kind: 'extension', url });
    else if (type !== undefined) steps.push({ kind: 'ofType', type: type.replace('FHIR.', '') });
    else if (text === 'resolve()') steps.push({ kind: 'resolve' });
    else steps.push({ kind: 'child', name: text.replace('[x]', '') });
  }
  return steps;
}

function follow(run: Run, pairs: Pair[], steps: Step[], shapesOnly = false): Pair[] {
  return steps.reduce(
    (current, step) => current.flatMap((pair) => followStep(run, pair, step, shapesOnly)),
    pairs,
  );
}

function followStep(run: Run, pair: Pair, step: Step, shapesOnly: boolean): Pair[] {
  if (step.kind === 'ofType') return shapesOnly || pair.item.type.code === step.type ? [pair] : [];
  if (step.kind === 'resolve') return resolved(run, pair, shapesOnly);
  const name = step.kind === 'extension' ? 'extension' : step.name;
  const children = pair.shapes
    .flatMap((shape) => childShapes(run, shape, name))
    .flatMap((child) => sliceFor(child, step));
  if (shapesOnly) return [{ item: pair.item, shapes: children }];
  const items = childItems(run, pair.item, name).filter((item) => {
    return step.kind !== 'extension' || (isTree(item.value) && item.value['url'] === step.url);
  });
  return items.map((item) => ({ item, shapes: children }));
}

function sliceFor(child: Shape, step: Step): Shape[] {
  if (step.kind === 'extension') {
    return child.slices.filter((slice) =>
      slice.element.types.some((type) => type.profiles?.includes(step.url)),
    );
  }
  const isTypeSliced =
    child.element.name.endsWith('[x]') &&
    child.slices.length === 1 &&
    !child.element.fixed &&
    !child.element.pattern;
  return isTypeSliced ? child.slices : [child];
}

function childShapes(run: Run, shape: Shape, name: string): Shape[] {
  const named = (one: Shape) =>
    one.children.filter((child) => child.element.name.replace('[x]', '') === name);
  const own = named(shape);
  if (own.length > 0) return own;
  const { types } = shape.element;
  const profiles = types.flatMap((type) => type.profiles ?? []).flatMap((url) => run.shapes.of(url) ?? []);
  const sources = profiles.length > 0 ? profiles : types.flatMap((type) => run.shapes.of(type.code) ?? []);
  return sources.flatMap(named).slice(0, 1);
}

function childItems(run: Run, item: Item, name: string): Item[] {
  const { value } = item;
  if (!isTree(value)) return [];
  const type = typeof value['resourceType'] === 'string' ? value['resourceType'] : undefined;
  const fields = [...run.definitions.fields(type ?? fieldsType(run, item)).values()].filter(
    (field) => field.name === name,
  );
  return fields.flatMap((field) => {
    const found = value[field.key];
    const twin = value[`_${field.key}`];
    if (found === undefined && twin === undefined) return [];
    const base = {
      type: field.element.types.find((one) => one.code === field.type) ?? { code: field.type },
      key: field.key,
    };
    if (!Array.isArray(found)) return [{ ...base, value: found, twin, path: `${item.path}.${name}` }];
    return found.map((one: unknown, at) => ({
      ...base,
      value: one ?? undefined,
      twin: Array.isArray(twin) ? (twin[at] as unknown) : undefined,
      path: `${item.path}.${name}[${at}]`,
    }));
  });
}

/** Content stated in place is known by its path from the type's root. */
function fieldsType(run: Run, item: Item): string {
  const { code } = item.type;
  return code === 'BackboneElement' || code === 'Element' ? (run.at?.shape.element.path ?? code) : code;
}

function resolved(run: Run, pair: Pair, shapesOnly: boolean): Pair[] {
  const shapes = pair.shapes.flatMap((shape) =>
    shape.element.types.flatMap((type) =>
      (type.targetProfiles ?? []).flatMap((url) => run.shapes.of(url) ?? []),
    ),
  );
  if (shapesOnly) return [{ item: pair.item, shapes: shapes.length > 0 ? shapes : pair.shapes }];
  const { value } = pair.item;
  const reference = isTree(value) ? value['reference'] : undefined;
  const target = typeof reference === 'string' ? resolveReference(run, run.scope, reference) : undefined;
  if (!target) return [];
  return [{ item: { ...pair.item, value: target, type: { code: target.resourceType } }, shapes }];
}
