import { isExact } from '../fhirpath/index.ts';
import type { ElementType } from '../definitions/index.ts';
import type { Resource } from '../types.ts';
import { hasTrueSize } from './attachments.ts';
import { checkBinding } from './bindings.ts';
import { checkConstraints } from './constraints.ts';
import { checkExtension } from './extensions.ts';
import { narrativeFault } from './narrative.ts';
import { isNhsNumber, nhsNumberSystem } from '../../people/index.ts';
import { primitiveRules } from './primitives.ts';
import { checkLimits } from './limits.ts';
import { checkReference } from './references.ts';
import { isTree, report, type Item, type Run, type Scope, type Tree } from './run.ts';
import type { Shape } from './shape.ts';
import { checkSlices } from './slices.ts';

/** Checks every child of an object against a shape that states its children. */
export function checkObject(run: Run, shape: Shape, object: Tree, path: string, isResource = false): void {
  for (const key in object) {
    if (isResource && key === 'resourceType') continue;
    if (!shape.byKey.has(key.startsWith('_') ? key.slice(1) : key)) unknownKey(run, shape, key, path);
  }
  for (const child of shape.children) checkElement(run, child, object, path);
}

function unknownKey(run: Run, shape: Shape, key: string, path: string): void {
  const name = key.replace(/^_/, '');
  if (key === 'resourceType') {
    report(run, 'error', 'structure', path, 'Only a resource may hold resourceType. Remove it here.');
  } else if (key === 'fhir_comments') {
    report(run, 'error', 'structure', path, 'fhir_comments is not part of FHIR R4. Remove it.');
  } else if (shape.structure.isProfile && run.definitions.fields(shape.element.path).has(name)) {
    report(
      run,
      'error',
      'structure',
      `${path}.${name}`,
      `${name} is not one of the types that ${shape.structure.name} allows here.`,
      shape.structure.url,
    );
  } else {
    const shown = /^[\w[\]]{1,40}$/.test(key) ? key : 'a key';
    report(
      run,
      'error',
      'structure',
      path,
      `${shown} is not an element of ${shape.element.path}. Correct its name or remove it.`,
    );
  }
}

function checkElement(run: Run, child: Shape, object: Tree, path: string): void {
  const present = child.keys.filter(
    ({ key }) => object[key] !== undefined || object[`_${key}`] !== undefined,
  );
  const { element } = child;
  const name = element.name.replace('[x]', '');
  const place = `${path}.${name}`;
  if (present.length > 1) {
    report(
      run,
      'error',
      'structure',
      place,
      `Only one of ${present.map((one) => one.key).join(' and ')} may be present. Keep one.`,
    );
  }
  const items = present.flatMap(({ key, type }) => itemsOf(run, child, object, key, type, path));
  checkCount(run, child, items.length, place);
  for (const item of items) checkItem(run, child, item);
  if (child.slices.length > 0 || element.slicing) checkSlices(run, child, items, place);
}

function checkCount(run: Run, child: Shape, count: number, place: string): void {
  const { min, max } = child.element;
  const rule = child.structure.isProfile ? child.structure.url : undefined;
  if (count < min) {
    const wanted = min === 1 ? 'is required' : `needs at least ${min} values`;
    report(run, 'error', 'required', place, `${child.element.name} ${wanted}. Add it.`, rule);
  }
  if (count > max) {
    const text =
      max === 0
        ? `${child.element.name} is not allowed here. Remove it.`
        : `At most ${max} ${child.element.name} may be present, found ${count}.`;
    report(run, 'error', 'structure', place, text, rule);
  }
}

/** Lists the values under one JSON key, reporting what has the wrong JSON shape. */
function itemsOf(run: Run, child: Shape, object: Tree, key: string, type: ElementType, path: string): Item[] {
  const { element } = child;
  const name = element.name.endsWith('[x]') ? `${element.name.slice(0, -3)}.ofType(${type.code})` : key;
  const place = `${path}.${name}`;
  const value = object[key];
  const twin = object[`_${key}`];
  if (twin !== undefined && !isPrimitiveType(run, type.code)) {
    report(
      run,
      'error',
      'structure',
      place,
      `_${key} is only for primitive values. Move its content into ${key}.`,
    );
    if (value === undefined) return [];
  }
  if (!element.isArray) {
    if (Array.isArray(value) || Array.isArray(twin)) {
      report(
        run,
        'error',
        'structure',
        place,
        `${key} holds one value, not an array. Take the value out of the array.`,
      );
      return [];
    }
    return [{ value, twin, type, key, path: place }];
  }
  if ((value !== undefined && !Array.isArray(value)) || (twin !== undefined && !Array.isArray(twin))) {
    report(
      run,
      'error',
      'structure',
      place,
      `${key} must be an array, even for one value. Put the value in [ ].`,
    );
    return [];
  }
  return listItems(run, value, twin, { type, key, path: place });
}

function listItems(
  run: Run,
  value: unknown[] | undefined,
  twin: unknown[] | undefined,
  base: Pick<Item, 'type' | 'key' | 'path'>,
): Item[] {
  if (value?.length === 0 || twin?.length === 0) {
    report(
      run,
      'error',
      'structure',
      base.path,
      'An array must not be empty. Leave the element out instead.',
    );
  }
  const length = Math.max(value?.length ?? 0, twin?.length ?? 0);
  const items: Item[] = [];
  for (let at = 0; at < length; at++) {
    items.push({
      ...base,
      value: value?.[at] ?? undefined,
      twin: twin?.[at] ?? undefined,
      path: `${base.path}[${at}]`,
    });
  }
  if (value && twin && value.length !== twin.length) {
    report(
      run,
      'error',
      'structure',
      base.path,
      `${base.key} and _${base.key} must be equally long. Fill the gaps with null.`,
    );
  }
  return items;
}

export function isPrimitiveType(run: Run, code: string): boolean {
  return primitiveRules[code] !== undefined || run.definitions.structure(code)?.kind === 'primitive-type';
}

/** Checks one value against the element (or slice) that states it. */
export function checkItem(run: Run, shape: Shape, item: Item): void {
  const around = run.at;
  run.at = { shape, type: item.type.code, around, value: item.value };
  if (checkShape(run, shape, item)) {
    checkLimits(run, shape, item);
    checkBinding(run, shape, item);
    checkConstraints(run, shape, item);
  }
  run.at = around;
}

/** Returns false when there is no value of the right shape to look at further. */
function checkShape(run: Run, shape: Shape, item: Item): boolean {
  const { value, path } = item;
  if (isPrimitiveType(run, item.type.code)) return checkPrimitive(run, item);
  if (!isTree(value)) {
    const found =
      value === null || value === undefined ? 'null' : Array.isArray(value) ? 'an array' : 'a plain value';
    report(run, 'error', 'structure', path, `This must be an object, found ${found}.`);
    return false;
  }
  if (Object.keys(value).length === 0) {
    report(run, 'error', 'structure', path, 'An object must not be empty. Leave the element out instead.');
    return false;
  }
  checkComplex(run, shape, item, value);
  return true;
}

function checkComplex(run: Run, shape: Shape, item: Item, value: Tree): void {
  const { code } = item.type;
  if (code === 'Resource' || run.definitions.isResourceType(code)) {
    checkInner(run, shape, item, value);
    return;
  }
  const typeShape = shape.children.length > 0 ? shape : run.shapes.of(code);
  if (typeShape) checkObject(run, typeShape, value, item.path);
  if (typeShape && typeShape !== shape) checkConstraints(run, typeShape, item);
  if (code === 'Reference') checkReference(run, shape, item, value);
  if (code === 'Identifier') checkNhsNumber(run, item, value);
  if (code === 'Attachment' && !hasTrueSize(value)) {
    report(
      run,
      'error',
      'value',
      `${item.path}.size`,
      'The size is not that of the data. Correct the size or the data.',
    );
  }
  if (code === 'Extension') checkExtension(run, shape, item, value);
  else checkTypeProfiles(run, item, value);
}

function checkNhsNumber(run: Run, item: Item, value: Tree): void {
  if (
    value['system'] !== nhsNumberSystem ||
    typeof value['value'] !== 'string' ||
    isNhsNumber(value['value'])
  )
    return;
  const text =
    'This is not a valid NHS number: it needs ten digits, without spaces, that pass the Modulus 11 check.';
  report(run, 'error', 'value', `${item.path}.value`, text, 'nhs-number');
}

/** A value must follow one of the profiles its type names. */
function checkTypeProfiles(run: Run, item: Item, value: Tree): void {
  const profiles = (item.type.profiles ?? [])
    .map((url) => run.shapes.of(url))
    .filter((shape) => shape !== undefined);
  if (profiles.length !== 1 || profiles.length < (item.type.profiles?.length ?? 0)) return;
  const [shape] = profiles;
  if (shape) checkObject(run, shape, value, item.path);
  if (shape) checkConstraints(run, shape, item);
}

/** A resource inside a resource: contained, in a Bundle entry or in a parameter. */
function checkInner(run: Run, shape: Shape, item: Item, value: Tree): void {
  const type = value['resourceType'];
  const wanted = item.type.code;
  if (typeof type !== 'string' || !run.definitions.isResourceType(type)) {
    report(run, 'error', 'structure', item.path, 'A resource needs a resourceType that FHIR R4 knows.');
    return;
  }
  if (wanted !== 'Resource' && wanted !== type) {
    report(run, 'error', 'structure', item.path, `A ${wanted} is wanted here, found a ${type}.`);
    return;
  }
  const resource = value as Resource;
  if (shape.structure.isProfile) checkInnerProfiles(run, shape, item, resource);
  else run.walk.resource(run, resource, innerScope(run, item, resource));
}

function innerScope(run: Run, item: Item, resource: Resource): Scope {
  const { scope } = run;
  if (item.key === 'contained') return { ...scope, resource, path: item.path };
  const bundle = scope.resource.resourceType === 'Bundle' ? scope.resource : scope.bundle;
  return { resource, root: resource, path: item.path, bundle, fullUrl: run.fullUrls.get(resource) };
}

function checkInnerProfiles(run: Run, shape: Shape, item: Item, value: Resource): void {
  if (shape.children.length > 0) checkObject(run, shape, value, item.path, true);
  const [only, ...others] = item.type.profiles ?? [];
  const profile = only !== undefined && others.length === 0 ? run.shapes.of(only) : undefined;
  if (profile) run.walk.profile(run, value, profile, item.path);
}

/** Returns false when there is no value to look at further. */
function checkPrimitive(run: Run, item: Item): boolean {
  const { value, twin, path } = item;
  if (twin !== undefined) checkTwin(run, item);
  if (value === undefined || value === null) {
    const isEmpty = twin === undefined || twin === null;
    if (isEmpty)
      report(run, 'error', 'structure', path, 'null stands for nothing here. Leave the element out instead.');
    return false;
  }
  const rule = primitiveRules[item.type.code] ?? primitiveRules['string']!;
  const json = isExact(value) ? 'number' : typeof value;
  if (json !== rule.json) {
    report(
      run,
      'error',
      'structure',
      path,
      `This must be a JSON ${rule.json}, found ${Array.isArray(value) ? 'an array' : `a JSON ${json}`}.`,
    );
    return false;
  }
  if (!rule.test(value as never)) {
    report(
      run,
      'error',
      'value',
      path,
      value === ''
        ? 'Text must not be empty. Leave the element out instead.'
        : `This must be ${rule.wanted}.`,
    );
    return false;
  }
  if (item.type.code === 'xhtml') {
    const fault = narrativeFault(value as string);
    if (fault) report(run, 'error', 'invariant', path, `The narrative is not safe XHTML: ${fault}.`, 'txt-1');
  }
  return true;
}

function checkTwin(run: Run, item: Item): void {
  const { twin } = item;
  if (twin === null) return;
  const shape = run.shapes.of('Element');
  if (!isTree(twin) || Object.keys(twin).length === 0) {
    report(run, 'error', 'structure', item.path, `_${item.key} must be an object with an id or extensions.`);
  } else if (shape) {
    checkObject(run, shape, twin, item.path);
  }
}
