import type { Resource } from '../types.ts';

type Tree = Record<string, unknown>;

const structureKeys = [
  'resourceType',
  'id',
  'url',
  'version',
  'name',
  'title',
  'status',
  'kind',
  'abstract',
  'type',
  'baseDefinition',
  'derivation',
  'context',
  'contextInvariant',
];
const elementKeys = new Set([
  'id',
  'path',
  'representation',
  'sliceName',
  'slicing',
  'min',
  'max',
  'base',
  'contentReference',
  'type',
  'maxLength',
  'mustSupport',
  'isModifier',
  'isSummary',
]);
const statedValue = /^(fixed|pattern|minValue|maxValue)[A-Z]/;
const conceptKeys = ['code', 'display', 'property'];
const wordy = new Set([
  'text',
  'contact',
  'useContext',
  'jurisdiction',
  'purpose',
  'copyright',
  'description',
  'publisher',
]);

/** Keeps what validation, search and exchange need of a definition and drops the prose, so that thousands fit in little space. */
export function prune(resource: Resource): Resource {
  switch (resource.resourceType) {
    case 'StructureDefinition':
      return pruneStructure(resource);
    case 'CodeSystem':
      return { ...withoutProse(resource), concept: concepts(resource['concept']) } as Resource;
    case 'ValueSet':
      return { ...withoutProse(resource), compose: pruneCompose(resource['compose']) } as Resource;
    default:
      return withoutProse(resource);
  }
}

function withoutProse(resource: Resource): Resource {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => !wordy.has(key))) as Resource;
}

function pruneStructure(resource: Resource): Resource {
  const kept = pick(resource, structureKeys);
  for (const view of ['snapshot', 'differential']) {
    const elements = (resource[view] as { element?: Tree[] } | undefined)?.element;
    if (elements) kept[view] = { element: elements.map((element) => pruneElement(element)) };
  }
  return kept as Resource;
}

/** Drops the prose of one ElementDefinition. */
export function pruneElement(element: Tree): Tree {
  const kept: Tree = {};
  for (const [key, value] of Object.entries(element)) {
    if (elementKeys.has(key) || statedValue.test(key)) kept[key] = value;
  }
  const binding = element['binding'] as Tree | undefined;
  if (binding) kept['binding'] = pick(binding, ['strength', 'valueSet', 'extension']);
  const constraints = element['constraint'] as Tree[] | undefined;
  const own = constraints?.filter((constraint) => constraint['key'] !== 'ele-1');
  if (own && own.length > 0) {
    kept['constraint'] = own.map((one) => pick(one, ['key', 'severity', 'human', 'expression', 'source']));
  }
  return kept;
}

function pruneCompose(compose: unknown): unknown {
  if (compose === undefined) return undefined;
  const tree = compose as { include?: Tree[]; exclude?: Tree[] };
  const lists = (parts: Tree[] | undefined) =>
    parts?.map((part) => ({
      ...part,
      concept: (part['concept'] as Tree[] | undefined)?.map((one) => pick(one, ['code', 'display'])),
    }));
  return { ...tree, include: lists(tree.include), exclude: lists(tree.exclude) };
}

function concepts(list: unknown): unknown {
  return (list as Tree[] | undefined)?.map((one) => ({
    ...pick(one, conceptKeys),
    concept: concepts(one['concept']),
  }));
}

function pick(tree: Tree, keys: string[]): Tree {
  const kept: Tree = {};
  for (const key of keys) if (tree[key] !== undefined) kept[key] = tree[key];
  return kept;
}
