import type { Definitions, SearchParameter } from '../../definitions/index.ts';
import { leafOf } from './leaves.ts';
import { readPaths, readPathsFrom, type Path } from './paths.ts';
import type { Composite, PairPart, Param, Part } from './types.ts';

type Kind = SearchParameter['type'];
type Resolved = { definition: string; kind: Kind; paths: Path[]; targets: string[] };

/** Works out how the composites of a type are indexed and asked. One that cannot be worked out is left without an answer. */
export function addComposites(
  definitions: Definitions,
  byCode: ReadonlyMap<string, Param>,
  published: SearchParameter[],
): void {
  const simple = published.filter((one) => one.type === 'composite' && one.expression !== undefined);
  const waiting: { param: Param; contexts: Path[]; one: SearchParameter }[] = [];
  for (const one of simple) {
    const param = byCode.get(one.code)!;
    const contexts = readPaths(definitions, param.type, one.expression!) ?? [];
    const [context] = contexts;
    if (contexts.length > 1) waiting.push({ param, contexts, one });
    else if (context !== undefined) addSingle(definitions, byCode, param, context, one);
  }
  for (const { param, contexts, one } of waiting) addUnion(definitions, byCode, param, contexts, one);
}

function addSingle(
  definitions: Definitions,
  byCode: ReadonlyMap<string, Param>,
  param: Param,
  context: Path,
  one: SearchParameter,
): void {
  const parts = resolve(definitions, context, one);
  const asked = asParts(byCode, context, parts);
  if (asked !== undefined) {
    param.composites = [asked];
    return;
  }
  const [first, second, third] = parts;
  if (first === undefined || second === undefined || parts.some((part) => part.paths.length === 0)) return;
  if (parts.length === 3 && second.kind === 'number' && third!.kind === 'number') {
    param.span = { context, code: first.paths, from: second.paths, to: third!.paths };
    param.composites = [{ shape: 'span', holder: param }];
  } else if (parts.length === 2) {
    param.pairs = { context, parts: [pairPart(first), pairPart(second)] };
    param.composites = [{ shape: 'pairs', holder: param }];
  }
}

/** A composite over several places is answered place by place, by parts or by another composite of that place. */
function addUnion(
  definitions: Definitions,
  byCode: ReadonlyMap<string, Param>,
  param: Param,
  contexts: Path[],
  one: SearchParameter,
): void {
  const found = contexts.map((context): Composite | undefined => {
    const parts = resolve(definitions, context, one);
    return asParts(byCode, context, parts) ?? asOther(byCode, parts);
  });
  const composites = found.filter((composite) => composite !== undefined);
  if (composites.length === contexts.length) param.composites = composites;
}

/** Some published components name each other's definitions; the type of the element decides then. */
function resolve(definitions: Definitions, context: Path, one: SearchParameter): Resolved[] {
  return one.components.map((component) => {
    const definition = definitions.searchParameter(component.definition);
    const paths = readPathsFrom(definitions, context, component.expression) ?? [];
    const kinds: Kind[] = definition ? [definition.type, 'token', 'reference'] : [];
    const kind =
      kinds.find((each) => paths.some((path) => leafOf(each, path.type) !== undefined)) ?? 'special';
    const leaves = paths.filter((path) => leafOf(kind, path.type) !== undefined);
    return { definition: component.definition, kind, paths: leaves, targets: definition?.targets ?? [] };
  });
}

/**
 * The parts as parameters of their own: possible when the context is the resource itself, where each part has one
 * element, or when the second part is a quantity, whose rows carry the codes beside it.
 */
function asParts(
  byCode: ReadonlyMap<string, Param>,
  context: Path,
  parts: Resolved[],
): Composite | undefined {
  const atRoot = context.steps.length === 0;
  const asked = parts.map((part): Part | undefined => {
    const param = holderOf(byCode, part) ?? (atRoot ? definedBy(byCode, part) : undefined);
    return param && { param, qualified: false };
  });
  const [first, second] = asked;
  if (first === undefined || second === undefined || asked.includes(undefined)) return undefined;
  if (asked.length === 2 && first.param.kind === 'token' && second.param.kind === 'quantity') {
    second.qualified = true;
    second.param.qualifiedBy = { depth: context.steps.length, paths: first.param.paths };
    return { shape: 'parts', parts: [first, second] };
  }
  return atRoot ? { shape: 'parts', parts: asked as Part[] } : undefined;
}

/** The parameter that indexes exactly these elements; it may take in further types of the same elements. */
function holderOf(byCode: ReadonlyMap<string, Param>, part: Resolved): Param | undefined {
  const wanted = new Set(part.paths.map((path) => elementOf(path)));
  for (const param of byCode.values()) {
    if (param.kind !== part.kind || param.members[0] !== param || param.members.length > 1) continue;
    const held = new Set(param.paths.map((path) => elementOf(path)));
    if (held.size > 0 && held.size === wanted.size && [...wanted].every((one) => held.has(one))) return param;
  }
  return undefined;
}

function definedBy(byCode: ReadonlyMap<string, Param>, part: Resolved): Param | undefined {
  return [...byCode.values()].find((param) => param.url === part.definition && param.kind === part.kind);
}

function asOther(byCode: ReadonlyMap<string, Param>, parts: Resolved[]): Composite | undefined {
  const wanted = parts.map((part) => keyOf(part.paths)).join('+');
  for (const param of byCode.values()) {
    const held = param.pairs?.parts.map((part) => keyOf(part.paths)).join('+');
    if (held === wanted) return { shape: 'pairs', holder: param };
  }
  return undefined;
}

function keyOf(paths: Path[]): string {
  return paths.map((path) => placeOf(path)).join('|');
}

function placeOf(path: Path): string {
  return path.steps.map((step) => step.key + (step.where ? `[${step.where.value}]` : '')).join('.');
}

/** The element without its type: `valueQuantity` and `valueSampledData` are one element. */
function elementOf(path: Path): string {
  const place = placeOf(path);
  const type = path.type.charAt(0).toUpperCase() + path.type.slice(1);
  return place.endsWith(type) ? place.slice(0, -type.length) : place;
}

function pairPart(part: Resolved): PairPart {
  return { kind: part.kind, targets: part.targets, paths: part.paths };
}
