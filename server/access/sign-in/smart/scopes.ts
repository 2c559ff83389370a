/** What a program or app may ask for on a kind of resource, in SMART's letters: create, read, update, delete, search. */
export type ScopeAction = 'c' | 'r' | 'u' | 'd' | 's';

/** One SMART scope: `user/Observation.rs`, `system/*.r`, `patient/Condition.rs?category=...`. */
export type FhirScope = {
  text: string;
  /** Whose data: one person in the app's context, all that the user may see, or all that the program may see. */
  level: 'patient' | 'user' | 'system';
  /** A resource type, or `*` for all. */
  type: string;
  actions: ReadonlySet<ScopeAction>;
  /** Only resources that this search finds. */
  query: string | undefined;
};

const shape = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(?:\?(.+))?$/;
const versionOne: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

/**
 * Reads one scope; undefined when it is not one about resources. Version 1 words mean what version 2 says they mean.
 * Source: HL7 SMART App Launch 2.2.0, "Scopes for requesting FHIR resources".
 */
export function readScope(text: string): FhirScope | undefined {
  const found = shape.exec(text);
  const letters = found === null ? '' : (versionOne[found[3]!] ?? found[3]!);
  if (found === null || letters === '') return undefined;
  return {
    text,
    level: found[1] as FhirScope['level'],
    type: found[2]!,
    actions: new Set(letters) as Set<ScopeAction>,
    query: found[4],
  };
}

/** Those of the asked scopes that the allowed ones cover whole. What is covered in part is left out: nothing is ever widened. */
export function grantable(asked: readonly string[], allowed: readonly string[]): string[] {
  const limits = allowed.flatMap((text) => readScope(text) ?? []);
  return asked.filter((text) => {
    const scope = readScope(text);
    if (scope === undefined) return allowed.includes(text);
    return limits.some((limit) => covers(limit, scope));
  });
}

/** True when everything `scope` asks for lies inside `limit`. A limit with a query covers only the same query. */
export function covers(limit: FhirScope, scope: FhirScope): boolean {
  return (
    limit.level === scope.level &&
    (limit.type === '*' || limit.type === scope.type) &&
    [...scope.actions].every((action) => limit.actions.has(action)) &&
    (limit.query === undefined || limit.query === scope.query)
  );
}

/** True when one of the scopes lets this be done to this type. Which resources of it, access decides, and the scope's query. */
export function permits(scopes: readonly FhirScope[], action: ScopeAction, type: string): boolean {
  return scopes.some((scope) => (scope.type === '*' || scope.type === type) && scope.actions.has(action));
}
