import {
  AsAtom,
  DotAtom,
  EqualsAtom,
  FunctionAtom,
  IndexerAtom,
  IsAtom,
  LiteralAtom,
  SymbolAtom,
  UnionAtom,
  parseFhirPath,
} from '@medplum/core';
import type { Definitions, ElementInfo } from '../../definitions/index.ts';

/** One step from a value into a child, in terms of JSON. */
export type Step = {
  key: string;
  /** True when JSON holds an array here. */
  many: boolean;
  /** Takes only this place of the array. */
  index?: number;
  /** Takes only values whose child has this text. */
  where?: { key: string; value: string };
};

/** One way from a resource to values of one type. */
export type Path = {
  steps: Step[];
  /** FHIR type of the values: `CodeableConcept`, or a dotted backbone path, or a resource type for the root. */
  type: string;
  /** Set by `where(resolve() is X)`. */
  target?: string;
  /** Value set of a required binding. */
  codesFrom?: string;
};

type Atom = { eval: unknown };

/**
 * Reads the part of a search expression that concerns one type into plain steps. Undefined when it needs more of
 * FHIRPath than steps, `where(a = 'b')`, `where(resolve() is X)`, `ofType`, `as`, `extension(url)` and an index.
 * A step that leads nowhere in this type gives no path.
 */
export function readPaths(definitions: Definitions, type: string, expression: string): Path[] | undefined {
  const root: Path = { steps: [], type };
  const found: Path[] = [];
  for (const part of unionParts(parseFhirPath(expression).child)) {
    const name = rootName(part);
    if (name === undefined || !concerns(definitions, type, name)) continue;
    const paths = walk(definitions, root, part, [root]);
    if (paths === undefined) return undefined;
    found.push(...paths);
  }
  return found;
}

/** Reads an expression that starts at a value already reached, as the parts of a composite do. */
export function readPathsFrom(definitions: Definitions, from: Path, expression: string): Path[] | undefined {
  const root: Path = { steps: [], type: from.steps.length === 0 ? from.type : rootTypeOf(from) };
  const found: Path[] = [];
  for (const part of unionParts(parseFhirPath(expression).child)) {
    const paths = walk(definitions, root, part, [from]);
    if (paths === undefined) return undefined;
    found.push(...paths);
  }
  return found;
}

/** Parts of other types are passed over; a part that names no type at all starts at the resource. */
function concerns(definitions: Definitions, type: string, name: string): boolean {
  return (
    name === type || name === 'Resource' || name === 'DomainResource' || !definitions.isResourceType(name)
  );
}

function rootTypeOf(path: Path): string {
  return path.type.split('.')[0]!;
}

function unionParts(atom: Atom): Atom[] {
  return atom instanceof UnionAtom ? [...unionParts(atom.left), ...unionParts(atom.right)] : [atom];
}

function rootName(atom: Atom): string | undefined {
  if (atom instanceof SymbolAtom) return atom.name;
  if (atom instanceof DotAtom || atom instanceof AsAtom || atom instanceof IndexerAtom)
    return rootName(atom.left);
  if (atom instanceof UnionAtom) return rootName(atom.left);
  if ('left' in atom) return rootName(atom.left as Atom);
  return undefined;
}

function walk(definitions: Definitions, root: Path, atom: Atom, from: Path[]): Path[] | undefined {
  if (atom instanceof SymbolAtom) return symbol(definitions, root, atom.name, from);
  if (atom instanceof DotAtom) {
    const left = walk(definitions, root, atom.left, from);
    return left && walk(definitions, root, atom.right, left);
  }
  if (atom instanceof UnionAtom) {
    const left = walk(definitions, root, atom.left, from);
    const right = walk(definitions, root, atom.right, from);
    return left && right && [...left, ...right];
  }
  if (atom instanceof AsAtom && atom.right instanceof SymbolAtom) {
    return ofType(walk(definitions, root, atom.left, from), atom.right.name);
  }
  if (atom instanceof IndexerAtom && atom.expr instanceof LiteralAtom) {
    return indexed(walk(definitions, root, atom.left, from), Number(atom.expr.value.value));
  }
  if (atom instanceof FunctionAtom) return call(definitions, root, atom, from);
  return undefined;
}

function symbol(definitions: Definitions, root: Path, name: string, from: Path[]): Path[] | undefined {
  if (name === '%resource') return [root];
  if (name === root.type || name === 'Resource' || name === 'DomainResource') return from;
  if (name.startsWith('%') || name.startsWith('$')) return undefined;
  return from.flatMap((path) => child(definitions, path, name));
}

function call(definitions: Definitions, root: Path, atom: FunctionAtom, from: Path[]): Path[] | undefined {
  const [argument] = atom.args;
  if ((atom.name === 'ofType' || atom.name === 'as') && argument instanceof SymbolAtom) {
    return ofType(from, argument.name);
  }
  if (atom.name === 'extension' && argument instanceof LiteralAtom) {
    const extensions = symbol(definitions, root, 'extension', from);
    return extensions && where(extensions, { key: 'url', value: String(argument.value.value) });
  }
  if (atom.name !== 'where' || argument === undefined) return undefined;
  if (argument instanceof IsAtom && isResolve(argument.left) && argument.right instanceof SymbolAtom) {
    const target = argument.right.name;
    return from.map((path) => ({ ...path, target }));
  }
  if (
    argument instanceof EqualsAtom &&
    argument.left instanceof SymbolAtom &&
    argument.right instanceof LiteralAtom &&
    argument.right.value.type === 'string'
  ) {
    return where(from, { key: argument.left.name, value: String(argument.right.value.value) });
  }
  return undefined;
}

function isResolve(atom: Atom): boolean {
  return atom instanceof FunctionAtom && atom.name === 'resolve';
}

function child(definitions: Definitions, path: Path, name: string): Path[] {
  const info = definitions.children(path.type).find((one) => one.name === name || one.name === `${name}[x]`);
  if (info === undefined) return [];
  const choice = info.name.endsWith('[x]');
  return typesOf(info).map((type) => {
    const key = choice ? name + type.charAt(0).toUpperCase() + type.slice(1) : name;
    const next: Path = { steps: [...path.steps, { key, many: info.isArray }], type };
    if (info.binding?.strength === 'required' && info.binding.valueSet)
      next.codesFrom = info.binding.valueSet;
    return next;
  });
}

/** A backbone element stands for itself by its path; anything else by the names of its types. */
function typesOf(info: ElementInfo): string[] {
  if (info.contentReference !== undefined) return [info.contentReference];
  const codes = info.types.map((type) => type.code);
  return codes.map((code) => (code === 'BackboneElement' || code === 'Element' ? info.path : code));
}

function ofType(from: Path[] | undefined, name: string): Path[] | undefined {
  const bare = name.replace(/^(FHIR|System)\./, '');
  const lower = bare.charAt(0).toLowerCase() + bare.slice(1);
  return from?.filter((path) => path.type === bare || path.type === lower);
}

function indexed(from: Path[] | undefined, index: number): Path[] | undefined {
  return from?.map((path) => changeLast(path, { index }));
}

function where(from: Path[], condition: { key: string; value: string }): Path[] {
  return from.map((path) => changeLast(path, { where: condition }));
}

function changeLast(path: Path, change: Partial<Step>): Path {
  const last = path.steps.at(-1);
  return last === undefined ? path : { ...path, steps: [...path.steps.slice(0, -1), { ...last, ...change }] };
}
