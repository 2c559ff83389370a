import { isTree, passes, report, type Item, type Run, type Tree } from './run.ts';
import { readLiteral, resolveReference } from './resolve.ts';
import type { Shape } from './shape.ts';

/** A search that finds one resource, as transactions may use: `Patient?identifier=...`. */
const conditional = /^[A-Z][A-Za-z]+\?[A-Za-z_][\w:.-]*=[^&=?]*(?:&[A-Za-z_][\w:.-]*=[^&=?]*)*$/;

/** Checks that a Reference can be read, is found where it must be, and means a type its element allows. */
export function checkReference(run: Run, shape: Shape, item: Item, value: Tree): void {
  const { reference } = value;
  const stated = typeof value['type'] === 'string' ? value['type'] : undefined;
  const allowed = allowedTypes(run, item.type.targetProfiles);
  if (stated !== undefined) checkType(run, allowed, stated, `${item.path}.type`);
  if (typeof reference !== 'string') return;
  const path = `${item.path}.reference`;
  const target = resolveReference(run, run.scope, reference);
  if (reference.startsWith('#') && !target) {
    report(
      run,
      'error',
      'not-found',
      path,
      'No contained resource has this id. Add the contained resource or correct the reference.',
    );
    return;
  }
  const literal = readLiteral(run, reference);
  if (!literal) checkUnreadable(run, reference, path);
  const type = target?.resourceType ?? literal?.type;
  if (type === undefined) return;
  checkType(run, allowed, type, path);
  if (stated !== undefined && shortName(stated) !== type) {
    report(
      run,
      'error',
      'structure',
      `${item.path}.type`,
      `The reference is to a ${type}, but its type says ${shortName(stated)}.`,
    );
  }
  if (target && shape.structure.isProfile) checkTargetProfiles(run, item, target, path);
}

/** The types a reference may mean; undefined means any. */
function allowedTypes(run: Run, targets: string[] | undefined): Set<string> | undefined {
  if (!targets || targets.length === 0) return undefined;
  const types = new Set<string>();
  for (const url of targets) {
    const type = run.definitions.structure(url)?.type;
    if (type === undefined || type === 'Resource' || type === 'DomainResource') return undefined;
    types.add(type);
  }
  return types;
}

function checkType(run: Run, allowed: Set<string> | undefined, type: string, path: string): void {
  const name = shortName(type);
  if (!allowed || allowed.has(name)) return;
  report(
    run,
    'error',
    'structure',
    path,
    `A reference to ${name} is not allowed here. Allowed: ${[...allowed].join(', ')}.`,
  );
}

function shortName(type: string): string {
  return type.startsWith('http://hl7.org/fhir/StructureDefinition/') ? type.slice(40) : type;
}

function checkUnreadable(run: Run, reference: string, path: string): void {
  if (reference.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(reference)) return;
  if (conditional.test(reference)) return;
  report(
    run,
    'error',
    'value',
    path,
    'The reference cannot be read. Write Type/id, an absolute URL, urn:uuid: or #id.',
  );
}

/** A target that is at hand must follow one of the profiles asked for. */
function checkTargetProfiles(run: Run, item: Item, target: unknown, path: string): void {
  if (!isTree(target)) return;
  const wanted = item.type.targetProfiles ?? [];
  const shapes = wanted.map((url) => run.shapes.of(url));
  if (shapes.length === 0 || shapes.some((shape) => !shape)) return;
  const type = target['resourceType'];
  const usable = shapes.filter((shape) => shape !== undefined && shape.structure.type === type);
  if (usable.length === 0 || usable.some((shape) => !shape?.structure.isProfile)) return;
  const follows = usable.some(
    (shape) => shape && passes(run, (aside) => aside.walk.profile(aside, target as never, shape, path)),
  );
  if (!follows) {
    report(
      run,
      'error',
      'structure',
      path,
      `What this refers to does not follow ${usable.map((shape) => shape?.structure.url).join(' or ')}.`,
    );
  }
}
