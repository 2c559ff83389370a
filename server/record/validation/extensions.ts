import { nodesAt } from './constraints.ts';
import { report, type Item, type Place, type Run, type Tree } from './run.ts';
import type { Shape } from './shape.ts';

/** Checks an extension against its definition, when that is here: content, and whether it may stand here. */
export function checkExtension(run: Run, shape: Shape, item: Item, value: Tree): void {
  const { url } = value;
  if (typeof url !== 'string') return;
  const isModifier = shape.element.name === 'modifierExtension';
  if (!url.includes(':')) {
    if (run.at?.around?.type !== 'Extension') {
      report(
        run,
        'error',
        'structure',
        `${item.path}.url`,
        'An extension needs an absolute URL, except inside another extension.',
      );
    }
    return;
  }
  const definition = run.shapes.of(url);
  if (url.includes('|')) {
    report(
      run,
      'error',
      'structure',
      `${item.path}.url`,
      'An extension URL must not carry a version. Remove the part from | on.',
    );
  } else if (!definition) {
    checkUnknown(run, url, isModifier, item);
  } else if (definition.structure.type !== 'Extension') {
    report(
      run,
      'error',
      'structure',
      `${item.path}.url`,
      `${url} is not an extension but a profile of ${definition.structure.type}.`,
    );
  } else {
    checkKnown(run, definition, item, value, isModifier);
  }
}

function checkUnknown(run: Run, url: string, isModifier: boolean, item: Item): void {
  if (isModifier) {
    const text = `The modifier extension ${url} is not known here, so the meaning of this element cannot be known. Load its definition.`;
    report(run, 'error', 'extension', item.path, text);
  } else {
    report(
      run,
      'information',
      'extension',
      item.path,
      `The extension ${url} is not known here and was not checked.`,
    );
  }
}

function checkKnown(run: Run, definition: Shape, item: Item, value: Tree, isModifier: boolean): void {
  const { structure, element } = definition;
  run.walk.object(run, definition, value, item.path);
  if (isModifier && !element.isModifier) {
    report(run, 'error', 'extension', item.path, `${structure.url} is not a modifier. Move it to extension.`);
  } else if (!isModifier && element.isModifier) {
    report(
      run,
      'error',
      'extension',
      item.path,
      `${structure.url} changes meaning. Move it to modifierExtension.`,
    );
  }
  const { around } = run.at ?? {};
  if (
    around &&
    structure.contexts.length > 0 &&
    !structure.contexts.some((context) => fits(run, context, around))
  ) {
    const places = structure.contexts.map((context) => context.expression).join(', ');
    report(
      run,
      'error',
      'extension',
      item.path,
      `The extension ${structure.url} may not stand here. Allowed: ${places}.`,
    );
  }
}

function fits(run: Run, context: { type: string; expression: string }, around: Place): boolean {
  if (context.type === 'extension') {
    const value = around.value as Tree | undefined;
    return around.type === 'Extension' && value?.['url'] === context.expression.split('#')[0];
  }
  if (context.type === 'fhirpath') return fitsExpression(run, context.expression, around);
  return namesOf(run, around).has(context.expression.replace('http://hl7.org/fhir/StructureDefinition/', ''));
}

/** A FHIRPath context is a list of places of the resource: what holds the extension must be among them. */
function fitsExpression(run: Run, expression: string, around: Place): boolean {
  return nodesAt(run, expression).some((node) => node.value === around.value);
}

/** Every name a place answers to: its element path, its type and the types that is made from, and paths through what is around it. */
function namesOf(run: Run, place: Place): Set<string> {
  const names = new Set(['Element']);
  const { element } = place.shape;
  names.add(element.path).add(element.id);
  for (let type: string | undefined = place.type; type !== undefined; type = baseOf(run, type))
    names.add(type);
  if (run.definitions.isResourceType(place.type)) {
    if (run.definitions.element(`${place.type}.url`)) names.add('CanonicalResource').add('MetadataResource');
  } else if (place.around) {
    for (const name of namesOf(run, place.around))
      names.add(`${name}.${element.name}`).add(`${name}.${element.name.replace('[x]', '')}`);
  }
  return names;
}

function baseOf(run: Run, type: string): string | undefined {
  return run.definitions.structure(type)?.base?.split('/').at(-1);
}
