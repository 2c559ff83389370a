import type { Definitions } from '../../definitions/index.ts';
import type { Path } from './paths.ts';
import type { CodeSystems } from './types.ts';

/** The system behind each bare code of a parameter: elements of type `code` take it from their required value set. */
export function codeSystemsOf(definitions: Definitions, paths: Path[]): CodeSystems | undefined {
  const systems = new Map<string, string>();
  for (const path of paths) {
    if (path.type !== 'code' || path.codesFrom === undefined) continue;
    const expansion = definitions.expand(path.codesFrom);
    if (!expansion.enumerable) continue;
    for (const concept of expansion.concepts) systems.set(concept.code.toLowerCase(), concept.system);
  }
  const distinct = new Set(systems.values());
  const [only] = distinct;
  return distinct.size <= 1 ? only : systems;
}

/** The system of a code, where the parameter's value set says it. */
export function systemOf(systems: CodeSystems | undefined, code: string): string | undefined {
  return typeof systems === 'string' ? systems : systems?.get(code.toLowerCase());
}
