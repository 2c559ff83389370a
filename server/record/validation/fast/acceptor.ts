import type { Definitions, ElementType } from '../../definitions/index.ts';
import type { FhirPath } from '../../fhirpath/index.ts';
import type { Resource } from '../../types.ts';
import { codeExists, isAlwaysError } from '../bindings.ts';
import { hasSoundContained } from '../contained.ts';
import { findContained } from '../resolve.ts';
import { isTree, type Tree } from '../run.ts';
import type { Shape, Shapes } from '../shape.ts';
import { isPlainReference } from './checks.ts';
import type { InvariantWriter } from './invariant.ts';
import type { Accept } from './accept.ts';
import { writeAcceptor, type Outside } from './writer.ts';

/**
 * Says at once that a resource has no errors by base R4; `false` only means that the full check must look.
 * `typeOf` gives the type behind a reference inside the same Bundle; `profiles` are to be followed too.
 */
export type Acceptor = (
  resource: Resource,
  typeOf?: (reference: string) => string | undefined,
  profiles?: readonly Shape[],
) => boolean;

/** Types whose rules reach beyond one pass over their JSON. */
const leftToFullCheck = new Set(['Bundle', 'QuestionnaireResponse', 'StructureDefinition', 'ValueSet']);

type ExtensionPlan =
  'unknown' | 'relative' | 'full' | { accept: Accept; contexts: { type: string; expression: string }[] };

/** Makes the fast check: one generated function per type, made when first met. */
export function createAcceptor(definitions: Definitions, shapes: Shapes, fhirPath: FhirPath): Acceptor {
  const made = new Map<Shape, Map<string, Accept>>();
  const knownSystems = new Map<string, boolean>();
  const plans = new Map<string, ExtensionPlan>();
  let root: Resource | undefined;
  let resource: Resource | undefined;
  let typeOf: ((reference: string) => string | undefined) | undefined;

  function acceptorOf(shape: Shape, place?: string): Accept {
    const key = place ?? '';
    const byPlace = made.get(shape) ?? new Map<string, Accept>();
    made.set(shape, byPlace);
    const known = byPlace.get(key);
    if (known) return known;
    let compiled: Accept | undefined;
    const accept: Accept = (value) => {
      compiled ??= writeAcceptor(outside, shape, place);
      return compiled(value);
    };
    byPlace.set(key, accept);
    return accept;
  }

  const fallback: InvariantWriter['fallback'] = (ast, type) => {
    const compiled = fhirPath.compile(ast);
    return (value) => {
      if (!root || !resource) return undefined;
      const node = { value, type };
      return compiled.test(node, {
        resource: [{ value: resource, type: resource.resourceType }],
        rootResource: [{ value: root, type: root.resourceType }],
        context: [node],
      });
    };
  };

  function reference(type: ElementType): (value: Tree) => boolean {
    const types = (type.targetProfiles ?? []).map((url) => definitions.structure(url)?.type);
    const isAny =
      types.length === 0 ||
      types.some((one) => one === undefined || one === 'Resource' || one === 'DomainResource');
    const isProfiled = (type.targetProfiles ?? []).some((url) => definitions.structure(url)?.isProfile);
    const allowed = new Set(isAny ? definitions.resourceTypes : (types as string[]));
    return (value) => {
      const { type: stated, reference: text } = value;
      if (stated !== undefined && (typeof stated !== 'string' || !allowed.has(stated))) return false;
      if (typeof text !== 'string') return true;
      if (typeof stated === 'string' && !text.includes(`${stated}/`)) return false;
      if (text.startsWith('#')) {
        const target = root && findContained(root, text.slice(1));
        return target !== undefined && !isProfiled && allowed.has(target.resourceType);
      }
      const found = typeOf?.(text);
      return found === undefined ? isPlainReference(text, allowed) : !isProfiled && allowed.has(found);
    };
  }

  function inner(value: unknown, wanted: string): boolean {
    if (!isTree(value) || (wanted !== 'Resource' && value['resourceType'] !== wanted)) return false;
    const { root: outerRoot, resource: outerResource } = { root, resource };
    root = value as Resource;
    const accepted = acceptOne(value as Resource);
    root = outerRoot;
    resource = outerResource;
    return accepted;
  }

  function contained(value: unknown): boolean {
    if (!isTree(value)) return false;
    const outer = resource;
    const accepted = acceptOne(value as Resource);
    resource = outer;
    return accepted;
  }

  function acceptOne(one: Resource): boolean {
    const shape =
      isTree(one) && definitions.isResourceType(one.resourceType) ? shapes.of(one.resourceType) : undefined;
    if (!shape || leftToFullCheck.has(one.resourceType)) return false;
    resource = one;
    return acceptorOf(shape)(one) && (one['contained'] === undefined || hasSoundContained(one));
  }

  function systemHas(system: unknown, code: unknown): boolean {
    if (typeof system !== 'string' || typeof code !== 'string') return true;
    let checked = knownSystems.get(system);
    if (checked === undefined) {
      checked = isAlwaysError(system) && definitions.codeSystem(system) !== undefined;
      if (knownSystems.size < 10_000) knownSystems.set(system, checked);
    }
    return !checked || codeExists(definitions, system, code);
  }

  /** Known extensions are checked against their definition here when they may stand in every value of the holder's type. */
  function planFor(url: string): ExtensionPlan {
    if (!url.includes(':')) return 'relative';
    if (definitions.canonical('StructureDefinition', url) === undefined) return 'unknown';
    const shape = url.includes('|') ? undefined : shapes.of(url);
    if (!shape || shape.structure.type !== 'Extension' || shape.element.isModifier) return 'full';
    return { accept: acceptorOf(shape), contexts: shape.structure.contexts };
  }

  function extension(holder: Set<string>): (value: Tree) => boolean {
    const any = shapes.of('Extension');
    if (!any) return () => false;
    const accept = acceptorOf(any);
    return (value) => {
      const url = isTree(value) ? value['url'] : undefined;
      if (typeof url !== 'string' || !accept(value)) return false;
      let plan = plans.get(url);
      if (plan === undefined) {
        plan = planFor(url);
        if (plans.size < 10_000) plans.set(url, plan);
      }
      if (plan === 'unknown') return true;
      if (plan === 'relative') return holder.has('Extension');
      if (plan === 'full' || !plan.accept(value)) return false;
      const { contexts } = plan;
      return (
        contexts.length === 0 || contexts.some((one) => one.type === 'element' && holder.has(one.expression))
      );
    };
  }

  const outside: Outside = {
    definitions,
    shapes,
    fallback,
    acceptorOf,
    inner,
    contained,
    reference,
    codeExists: systemHas,
    extension,
  };

  return (one, types, profiles = []) => {
    root = one;
    typeOf = types;
    const accepted = acceptOne(one) && profiles.every((profile) => acceptorOf(profile)(one));
    root = resource = typeOf = undefined;
    return accepted;
  };
}
