import type { Issue, Resource } from '../types.ts';
import { hasErrors } from './outcome.ts';
import type { FhirServices } from './services.ts';

/** What stands against storing a resource. Places begin at `place`: `Bundle.entry[3].resource.name[0]`. */
export function objections(services: FhirServices, resource: Resource, place: string): Issue[] {
  const issues = services.validate(resource);
  const found = hasErrors(issues) ? issues.filter(isError) : [];
  return found.map((issue) => ({ ...issue, path: within(place, issue.path) }));
}

const isError = (issue: Issue): boolean => issue.severity === 'error' || issue.severity === 'fatal';

/** `Patient.name[0]` inside `Bundle.entry[3].resource` is `Bundle.entry[3].resource.name[0]`. */
function within(place: string, path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? place : `${place}${path.slice(dot)}`;
}
