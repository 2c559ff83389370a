import { isExact } from '../fhirpath/index.ts';
import type { FhirPath } from '../fhirpath/index.ts';
import type { Issue, Resource } from '../types.ts';
import type { Definitions, ElementType } from '../definitions/index.ts';
import type { Shape, Shapes } from './shape.ts';

export type ValidateOptions = {
  /** Profiles to check beyond those the resource names. */
  profiles?: string[];
  /** Also give warnings and information. Without it only errors are looked for, which is much faster. */
  advice?: boolean;
  /** Finds a resource by reference text, outside the one being checked. */
  resolve?: (reference: string) => Resource | undefined;
};

/** A resource on the way down: what `%resource`, `%rootResource` and `#id` mean here, and the Bundle entry it stands in. */
export type Scope = {
  resource: Resource;
  root: Resource;
  /** How the path of `resource` starts. */
  path: string;
  bundle: Resource | undefined;
  /** The fullUrl of the entry, for relative references. */
  fullUrl: string | undefined;
};

/** One value of an element: where it stands, its type, and the `_x` object that carries its id and extensions. */
export type Item = { value: unknown; twin: unknown; type: ElementType; key: string; path: string };

/** Where the walk is: the element, the type of its value, and the element around it. */
export type Place = { shape: Shape; type: string; around: Place | undefined; value: unknown };

/** The walk itself, so that its parts can call each other. */
export type Walk = {
  item(run: Run, shape: Shape, item: Item): void;
  object(run: Run, shape: Shape, object: Tree, path: string, isResource?: boolean): void;
  resource(run: Run, resource: Resource, scope: Scope): void;
  profile(run: Run, resource: Resource, shape: Shape, path: string): void;
};

/** What one validation carries. */
export type Run = {
  definitions: Definitions;
  fhirPath: FhirPath;
  shapes: Shapes;
  options: ValidateOptions;
  issues: Issue[];
  /** What was reported already, so that profiles do not repeat their base. */
  reported: Set<string>;
  scope: Scope;
  at: Place | undefined;
  /** Profiles being checked now, by path, so that circles end. */
  active: Set<string>;
  /** The fullUrl of each resource of the Bundles on the way. */
  fullUrls: Map<unknown, string>;
  /** Says at once that a resource has no errors by base R4. */
  accepts: (resource: Resource, typeOf?: (reference: string) => string | undefined) => boolean;
  walk: Walk;
};

/** Records an issue, once. */
export function report(
  run: Run,
  severity: Issue['severity'],
  code: string,
  path: string,
  text: string,
  rule?: string,
): void {
  if (!run.options.advice && (severity === 'warning' || severity === 'information')) return;
  const key = `${severity}|${path}|${text}`;
  if (run.reported.has(key)) return;
  run.reported.add(key);
  run.issues.push(rule === undefined ? { severity, code, path, text } : { severity, code, path, text, rule });
}

/** Runs a check aside and says whether it finds errors. */
export function passes(run: Run, check: (aside: Run) => void): boolean {
  const aside: Run = { ...run, issues: [], reported: new Set(), options: { ...run.options, advice: false } };
  check(aside);
  return aside.issues.length === 0;
}

export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExact(value);
}
