import { refuse } from './context.ts';
import { isTree, type Model, type Node } from './node.ts';

const systemTypes = new Set([
  'String',
  'Boolean',
  'Integer',
  'Long',
  'Decimal',
  'Date',
  'DateTime',
  'Time',
  'Quantity',
  'Any',
]);

/** `is`: FHIR types may stand with or without `FHIR.`, system types with or without `System.`; the FHIR type wins. */
export function isOfType(model: Model, node: Node, name: string): boolean {
  const wanted = typeNamed(model, name);
  if (wanted === 'System.Any') return node.type.startsWith('System.');
  if (node.type.startsWith('System.') && wanted === 'Quantity') return node.type === 'System.Quantity';
  return model.isA(node.type, wanted);
}

/** Keeps the nodes of a type, as `ofType` and `as` do. Primitive types must be the same: a code is not kept as a string. */
export function castTo(model: Model, nodes: Node[], name: string): Node[] {
  const wanted = typeNamed(model, name);
  return nodes.filter((node) => {
    if (wanted === 'Quantity' && node.type === 'System.Quantity') return true;
    return isTree(node.value) ? model.isA(node.type, wanted) : node.type === wanted;
  });
}

function typeNamed(model: Model, name: string): string {
  if (name.startsWith('FHIR.')) return name.slice(5);
  if (name.startsWith('System.')) return name;
  if (model.isType(name)) return name;
  if (systemTypes.has(name)) return `System.${name}`;
  throw refuse(`The type ${name} is not known.`);
}
