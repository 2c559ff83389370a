import type { Constraint } from '../definitions/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Node } from '../fhirpath/index.ts';
import type { Resource } from '../types.ts';
import { resolveReference } from './resolve.ts';
import { isTree, passes, report, type Item, type Run } from './run.ts';
import type { Shape } from './shape.ts';

/** Constraints whose rule is checked in other ways: empty objects, narrative, contained resources, references. */
export const checkedElsewhere = new Set(['ele-1', 'txt-1', 'txt-2', 'dom-3', 'ref-1']);

/** Checks the invariants that an element's definition states about one value. */
export function checkConstraints(run: Run, shape: Shape, item: Item): void {
  const { constraints } = shape.element;
  if (constraints.length === 0) return;
  const node = nodeOf(shape, item);
  for (const constraint of constraints) {
    if (checkedElsewhere.has(constraint.key)) continue;
    if (constraint.severity === 'warning' && !run.options.advice) continue;
    checkConstraint(run, constraint, node, item.path);
  }
}

/** Checks the invariants of a resource as a whole. */
export function checkResourceConstraints(run: Run, shape: Shape, resource: Resource, path: string): void {
  const type = { code: resource.resourceType };
  checkConstraints(run, shape, { value: resource, twin: undefined, type, key: '', path });
}

function checkConstraint(run: Run, constraint: Constraint, node: Node, path: string): void {
  const { expression, key, severity, human } = constraint;
  if (expression === undefined) return;
  const answer = test(run, expression, node);
  if (answer === 'failed') {
    report(run, 'information', 'not-supported', path, `The rule ${key} could not be evaluated here.`, key);
  } else if (!answer) {
    report(run, severity, 'invariant', path, `${human.replace(/\.?\s*$/, '')} (${key}).`, key);
  }
}

function test(run: Run, expression: string, node: Node): boolean | 'failed' {
  try {
    return run.fhirPath.compile(expression).test(node, variablesOf(run, node), surroundingsOf(run)) === true;
  } catch (error) {
    if (error instanceof Problem) return 'failed';
    throw error;
  }
}

/** Tests an expression over the whole resource, for contexts of extensions. */
export function nodesAt(run: Run, expression: string): Node[] {
  const root: Node = { value: run.scope.resource, type: run.scope.resource.resourceType };
  try {
    return run.fhirPath.compile(expression).nodes(root, variablesOf(run, root), surroundingsOf(run));
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

function variablesOf(run: Run, node: Node): Record<string, Node[]> {
  const { resource, root } = run.scope;
  return {
    resource: [{ value: resource, type: resource.resourceType }],
    rootResource: [{ value: root, type: root.resourceType }],
    context: [node],
  };
}

function surroundingsOf(run: Run): Parameters<ReturnType<Run['fhirPath']['compile']>['nodes']>[2] {
  return {
    resolve: (reference) => {
      const found = resolveReference(run, run.scope, reference);
      return found && { value: found, type: found.resourceType };
    },
    memberOf: (node, valueSet) => isMember(run, node, valueSet),
    conformsTo: (node, profile) => {
      const shape = run.shapes.of(profile);
      if (!shape || !isTree(node.value)) return undefined;
      const value = node.value;
      if (typeof value['resourceType'] !== 'string')
        return passes(run, (aside) => aside.walk.object(aside, shape, value, ''));
      return passes(run, (aside) => aside.walk.profile(aside, value as Resource, shape, ''));
    },
  };
}

function isMember(run: Run, node: Node, valueSet: string): boolean | undefined {
  const { check } = run.definitions.expand(valueSet);
  if (typeof node.value === 'string') return check(undefined, node.value);
  if (!isTree(node.value)) return undefined;
  const codings = node.type === 'CodeableConcept' ? node.value['coding'] : [node.value];
  if (!Array.isArray(codings)) return false;
  const answers = codings
    .filter(isTree)
    .map((one) => check(textOf(one['system']), textOf(one['code']) ?? ''));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Content stated in place is known by its path from the type's root, without slice names. */
function nodeOf(shape: Shape, item: Item): Node {
  const { code } = item.type;
  const isInPlace = code === 'BackboneElement' || code === 'Element';
  const path = shape.element.contentReference?.replaceAll(/:[^.]*/g, '') ?? shape.element.path;
  const own = isTree(item.value) ? item.value['resourceType'] : undefined;
  const node: Node = { value: item.value, type: typeof own === 'string' ? own : isInPlace ? path : code };
  if (isTree(item.twin)) node.extra = item.twin;
  return node;
}
