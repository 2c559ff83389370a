import { integerOf, refuse, single, truth, type Argument, type Context, type Make } from '../context.ts';
import { distinct, equal, includes, order } from '../equality.ts';
import { system, type Node } from '../node.ts';
import { bool } from '../operators.ts';
import { castTo, isOfType } from '../types-of.ts';

/** Evaluates an argument for one item, with `$this` and `$index`. */
export function forItem(argument: Argument, node: Node, index: number, context: Context): Node[] {
  const items = [node];
  return argument(items, { ...context, self: items, index });
}

function holds(argument: Argument, node: Node, index: number, context: Context): boolean {
  return truth(forItem(argument, node, index, context)) === true;
}

/** An argument that is not evaluated per item sees the same `$this` as the expression around it. */
export function outer(argument: Argument | undefined, context: Context): Node[] {
  return argument ? argument(context.self, context) : [];
}

function typeArgument(args: Argument[], name: string): string {
  const typeName = args[0]?.typeName;
  if (typeName === undefined) throw refuse(`${name}() needs the name of a type.`);
  return typeName;
}

function allOf(wanted: boolean): Make {
  return () => (input) => bool(input.every((node) => booleanOf(node) === wanted));
}

function booleanOf(node: Node): boolean {
  if (typeof node.value !== 'boolean') throw refuse('Only true and false can be counted here.');
  return node.value;
}

function anyOf(wanted: boolean): Make {
  return () => (input) => bool(input.some((node) => booleanOf(node) === wanted));
}

export const collections: Record<string, Make> = {
  empty: () => (input) => bool(input.length === 0),
  exists: ([test]) =>
    test
      ? (input, context) => bool(input.some((node, at) => holds(test, node, at, context)))
      : (input) => bool(input.length > 0),
  all:
    ([test]) =>
    (input, context) =>
      bool(input.every((node, at) => !test || holds(test, node, at, context))),
  allTrue: allOf(true),
  allFalse: allOf(false),
  anyTrue: anyOf(true),
  anyFalse: anyOf(false),
  subsetOf:
    ([other]) =>
    (input, context) => {
      const others = outer(other, context);
      return bool(input.every((node) => includes(others, node)));
    },
  supersetOf:
    ([other]) =>
    (input, context) =>
      bool(outer(other, context).every((node) => includes(input, node))),
  count: () => (input) => [system.integer(input.length)],
  distinct: () => (input) => distinct(input),
  isDistinct: () => (input) => bool(distinct(input).length === input.length),
  where:
    ([test]) =>
    (input, context) =>
      input.filter((node, at) => test && holds(test, node, at, context)),
  select:
    ([project]) =>
    (input, context) =>
      input.flatMap((node, at) => (project ? forItem(project, node, at, context) : [])),
  repeat:
    ([project]) =>
    (input, context) =>
      repeat(input, project, context, true),
  repeatAll:
    ([project]) =>
    (input, context) =>
      repeat(input, project, context, false),
  ofType: (args) => {
    const type = typeArgument(args, 'ofType');
    return (input, context) => castTo(context.model, input, type);
  },
  as: (args) => {
    const type = typeArgument(args, 'as');
    return (input, context) => castTo(context.model, input, type);
  },
  is: (args) => {
    const type = typeArgument(args, 'is');
    return (input, context) => {
      const node = single(input, 'is()');
      return node ? bool(isOfType(context.model, node, type)) : [];
    };
  },
  single: () => (input) => {
    const node = single(input, 'single()');
    return node ? [node] : [];
  },
  first: () => (input) => input.slice(0, 1),
  last: () => (input) => input.slice(-1),
  tail: () => (input) => input.slice(1),
  skip:
    ([count]) =>
    (input, context) =>
      input.slice(Math.max(0, integerOf(outer(count, context), 'skip()') ?? 0)),
  take:
    ([count]) =>
    (input, context) =>
      input.slice(0, Math.max(0, integerOf(outer(count, context), 'take()') ?? 0)),
  intersect:
    ([other]) =>
    (input, context) => {
      const others = outer(other, context);
      return distinct(input.filter((node) => includes(others, node)));
    },
  exclude:
    ([other]) =>
    (input, context) => {
      const others = outer(other, context);
      return input.filter((node) => !includes(others, node));
    },
  union:
    ([other]) =>
    (input, context) =>
      distinct([...input, ...outer(other, context)]),
  combine:
    ([other]) =>
    (input, context) => [...input, ...outer(other, context)],
  coalesce: (args) => (_, context) => {
    for (const argument of args) {
      const found = outer(argument, context);
      if (found.length > 0) return found;
    }
    return [];
  },
  iif:
    ([test, then, otherwise]) =>
    (input, context) => {
      if (input.length > 1) throw refuse('iif() needs at most one value.');
      const inner = input.length === 1 ? { ...context, self: input } : context;
      const answer = test ? test(input, inner) : [];
      const node = single(answer, 'The condition of iif()');
      if (node && typeof node.value !== 'boolean')
        throw refuse('The condition of iif() must be true or false.');
      return (node?.value === true ? then : otherwise)?.(input, inner) ?? [];
    },
  aggregate:
    ([step, start]) =>
    (input, context) => {
      let total = outer(start, context);
      input.forEach((node, index) => {
        const items = [node];
        total = step ? step(items, { ...context, self: items, index, total }) : total;
      });
      return total;
    },
  sort: (keys) => (input, context) => sorted(input, keys, context),
  not: () => (input) => {
    const answer = truth(input);
    return bool(answer === undefined ? undefined : !answer);
  },
};

function repeat(input: Node[], project: Argument | undefined, context: Context, once: boolean): Node[] {
  if (!project) return [];
  const found: Node[] = [];
  const seenTrees = new Set<unknown>();
  let waiting = input;
  while (waiting.length > 0) {
    if (found.length > 100_000) throw refuse('repeat() does not end.');
    const next = waiting.flatMap((node, at) => forItem(project, node, at, context));
    waiting = [];
    for (const node of next) {
      if (once && !isNew(node, found, seenTrees)) continue;
      found.push(node);
      waiting.push(node);
    }
  }
  return found;
}

function isNew(node: Node, found: Node[], seenTrees: Set<unknown>): boolean {
  if (typeof node.value === 'object' && node.value !== null) {
    if (seenTrees.has(node.value)) return false;
    seenTrees.add(node.value);
    return true;
  }
  return !found.some((one) => equal(one, node) === true);
}

/** A key with a minus sign sorts downwards, for texts too; empty keys come first. */
function sorted(input: Node[], keys: Argument[], context: Context): Node[] {
  const rows = input.map((node, at) => ({
    node,
    keys:
      keys.length === 0
        ? [{ value: node as Node | undefined, down: false }]
        : keys.map((key) => sortKey(key, node, at, context)),
  }));
  rows.sort((a, b) => {
    for (const [at, key] of a.keys.entries()) {
      const other = b.keys[at]!;
      if (!key.value || !other.value) {
        if (key.value || other.value) return key.value ? 1 : -1;
        continue;
      }
      const found = order(key.value, other.value);
      if (typeof found === 'number' && found !== 0) return key.down ? -found : found;
    }
    return 0;
  });
  return rows.map((row) => row.node);
}

function sortKey(
  key: Argument,
  node: Node,
  at: number,
  context: Context,
): { value: Node | undefined; down: boolean } {
  const source = key.descending ?? key;
  return {
    value: single(forItem(source, node, at, context), 'A sort key'),
    down: key.descending !== undefined,
  };
}
