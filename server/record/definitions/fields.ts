import type { Definitions, ElementInfo, Field, Structure } from './types.ts';

/** Lists the JSON keys of a type name or an in-place element path, in the order of the specification. */
export function fieldsOf(definitions: Definitions, type: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const element of definitions.children(type)) {
    for (const { code } of typesOf(element)) {
      const isChoice = element.name.endsWith('[x]');
      const name = isChoice ? element.name.slice(0, -3) : element.name;
      const key = isChoice ? choiceKey(name, code) : name;
      fields.set(key, {
        key,
        name,
        type: fieldType(definitions, element, code),
        isPrimitive: isPrimitive(definitions, code),
        isArray: element.isArray,
        element,
      });
    }
  }
  return fields;
}

/** `value` and `Quantity` make `valueQuantity`. */
export function choiceKey(name: string, typeCode: string): string {
  return name + typeCode[0]!.toUpperCase() + typeCode.slice(1);
}

function typesOf(element: ElementInfo): { code: string }[] {
  return element.contentReference === undefined ? element.types : [{ code: 'BackboneElement' }];
}

function fieldType(definitions: Definitions, element: ElementInfo, code: string): string {
  if (element.contentReference !== undefined) return element.contentReference;
  const stated = code === 'BackboneElement' || code === 'Element';
  return stated && hasChildren(definitions.structure(element.path.split('.')[0]!), element)
    ? element.path
    : code;
}

function hasChildren(structure: Structure | undefined, element: ElementInfo): boolean {
  const prefix = `${element.id}.`;
  return structure?.elements.some((one) => one.id.startsWith(prefix)) ?? false;
}

function isPrimitive(definitions: Definitions, code: string): boolean {
  return definitions.structure(code)?.kind === 'primitive-type';
}
