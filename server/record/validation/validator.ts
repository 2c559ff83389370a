import { Problem } from '../../platform/errors.ts';
import type { Definitions } from '../definitions/index.ts';
import { createFhirPath } from '../fhirpath/index.ts';
import type { Issue, Resource } from '../types.ts';
import { checkBundle } from './bundles.ts';
import { checkResourceConstraints } from './constraints.ts';
import { checkContained, checkElementIds } from './contained.ts';
import { checkResponse } from './questionnaires/index.ts';
import { checkValueSet } from './value-sets.ts';
import { createAcceptor } from './fast/index.ts';
import { entriesOf, findInBundle } from './resolve.ts';
import { isTree, report, type Run, type Scope, type ValidateOptions, type Walk } from './run.ts';
import { createShapes, type Shape } from './shape.ts';
import { checkItem, checkObject } from './walk.ts';

export type Validator = {
  /**
   * Checks a resource against FHIR R4, the profiles it names and those asked for. Gives what is wrong; nothing when all is well.
   * Decimals may be exact (`JSON.rawJSON`).
   */
  validate(resource: Resource, options?: ValidateOptions): Issue[];
};

/** Makes a validator for a set of definitions. Types are compiled when first met. */
export function createValidator(definitions: Definitions): Validator {
  const shapes = createShapes(definitions);
  const fhirPath = createFhirPath(definitions);
  const accepts = createAcceptor(definitions, shapes, fhirPath);
  const walk: Walk = { item: checkItem, object: checkObject, resource: checkResource, profile: checkProfile };

  /** The profiles a resource must follow; undefined when one of them needs a word of its own. */
  function profilesOf(resource: Resource, options: ValidateOptions): Shape[] | undefined {
    const named: unknown = resource?.meta?.profile;
    const type = resource?.resourceType;
    if (typeof type !== 'string' || (named !== undefined && !Array.isArray(named))) return undefined;
    const wanted: Shape[] = [];
    for (const url of [...definitions.globalProfiles(type), ...(named ?? [])] as unknown[]) {
      const shape = typeof url === 'string' ? shapes.of(url) : undefined;
      if (shape) wanted.push(shape);
    }
    for (const url of options.profiles ?? []) {
      const shape = shapes.of(url);
      if (!shape) return undefined;
      wanted.push(shape);
    }
    return wanted.every((shape) => shape.structure.type === type) ? wanted : undefined;
  }

  function isValidAtOnce(resource: Resource, options: ValidateOptions): boolean {
    const profiles = profilesOf(resource, options);
    return profiles !== undefined && accepts(resource, undefined, profiles);
  }

  return {
    validate(resource, options = {}) {
      if (!options.advice && isValidAtOnce(resource, options)) return [];
      const unreadable = notAResource(definitions, resource);
      if (unreadable) return [unreadable];
      const scope: Scope = {
        resource,
        root: resource,
        path: resource.resourceType,
        bundle: undefined,
        fullUrl: undefined,
      };
      const run: Run = {
        definitions,
        fhirPath,
        shapes,
        options,
        issues: [],
        reported: new Set(),
        scope,
        at: undefined,
        active: new Set(),
        fullUrls: new Map(),
        accepts,
        walk,
      };
      checkResource(run, resource, scope);
      for (const profile of options.profiles ?? [])
        checkNamedProfile(run, resource, profile, scope.path, true);
      return run.issues;
    },
  };
}

function notAResource(definitions: Definitions, resource: unknown): Issue | undefined {
  if (!isTree(resource))
    return { severity: 'fatal', code: 'structure', path: '', text: 'A resource must be a JSON object.' };
  const type = resource['resourceType'];
  if (typeof type === 'string' && definitions.isResourceType(type)) return undefined;
  const text =
    type === undefined
      ? 'resourceType is missing. Add the name of a FHIR R4 resource.'
      : 'The resourceType is not one of FHIR R4.';
  return { severity: 'fatal', code: 'structure', path: '', text };
}

function checkResource(run: Run, resource: Resource, scope: Scope): void {
  const shape = run.shapes.of(resource.resourceType);
  if (!shape) return;
  const { scope: outer, at: around } = run;
  run.scope = scope;
  run.at = {
    shape,
    type: resource.resourceType,
    around: scope.root === resource ? undefined : around,
    value: resource,
  };
  if (resource.resourceType === 'Bundle') {
    for (const entry of entriesOf(resource))
      if (entry.resource && entry.fullUrl !== undefined) run.fullUrls.set(entry.resource, entry.fullUrl);
    checkBundle(run, resource, scope.path);
  }
  if (run.options.advice || !isAccepted(run, resource, scope)) checkBase(run, shape, resource, scope.path);
  const named: unknown = resource.meta?.profile;
  const wanted = new Set<unknown>([
    ...run.definitions.globalProfiles(resource.resourceType),
    ...(Array.isArray(named) ? named : []),
  ]);
  for (const profile of wanted) checkNamedProfile(run, resource, profile, scope.path, false);
  run.scope = outer;
  run.at = around;
}

function isAccepted(run: Run, resource: Resource, scope: Scope): boolean {
  if (scope.root !== resource) return false;
  return run.accepts(
    resource,
    scope.bundle && ((reference) => findInBundle(run, scope, reference)?.resource?.resourceType),
  );
}

function checkBase(run: Run, shape: Shape, resource: Resource, path: string): void {
  checkObject(run, shape, resource, path, true);
  checkResourceConstraints(run, shape, resource, path);
  checkContained(run, resource, path);
  checkElementIds(run, resource, path);
  if (resource.resourceType === 'ValueSet') checkValueSet(run, resource, path);
  if (resource.resourceType === 'StructureDefinition') checkDefinition(run, resource, path);
  if (resource.resourceType === 'QuestionnaireResponse') checkResponse(run, resource, path);
}

/** A profile without a snapshot must be one that a snapshot can be made of. */
function checkDefinition(run: Run, resource: Resource, path: string): void {
  try {
    run.definitions.read(resource);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const isMissing = error.code === 'record/definition-missing';
    report(
      run,
      isMissing ? 'warning' : 'error',
      'invalid',
      `${path}.differential`,
      `${error.message} ${error.wayOut ?? ''}`.trim(),
    );
  }
}

function checkNamedProfile(run: Run, resource: Resource, url: unknown, path: string, isAsked: boolean): void {
  if (typeof url !== 'string') return;
  const shape = run.shapes.of(url);
  if (!shape) {
    const text = `The profile ${url} is not loaded, so it was not checked. Load its package to check it.`;
    report(run, isAsked ? 'error' : 'warning', 'not-found', path, text, url);
  } else if (
    shape.structure.type !== resource.resourceType &&
    shape.structure.type !== 'Resource' &&
    shape.structure.type !== 'DomainResource'
  ) {
    const text = `The profile ${url} is for ${shape.structure.type}, not for ${resource.resourceType}.`;
    report(run, 'error', 'invalid', path, text, url);
  } else {
    checkProfile(run, resource, shape, path);
  }
}

/** Checks what a profile asks beyond its type. Ends when the same profile is met again at the same place. */
function checkProfile(run: Run, resource: Resource, shape: Shape, path: string): void {
  const key = `${path}|${shape.structure.url}`;
  if (run.active.has(key)) return;
  run.active.add(key);
  const { scope: outer, at: around } = run;
  if (outer.resource !== resource)
    run.scope = {
      ...outer,
      resource,
      root: resource,
      path,
      fullUrl: run.fullUrls.get(resource) ?? outer.fullUrl,
    };
  run.at = { shape, type: resource.resourceType, around: undefined, value: resource };
  checkObject(run, shape, resource, path, true);
  checkResourceConstraints(run, shape, resource, path);
  run.scope = outer;
  run.at = around;
  run.active.delete(key);
}
