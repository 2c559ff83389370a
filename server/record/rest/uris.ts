import type { Definitions } from '../definitions/index.ts';
import type { HoldsUri } from './references.ts';

const uriTypes = new Set(['uri', 'url', 'oid', 'uuid']);

/** Makes the question "does this element hold a uri?" for the definitions given; answers are remembered. */
export function uriElements(definitions: Definitions): HoldsUri {
  const known = new Map<string, boolean>();
  return (path) => {
    let answer = known.get(path);
    if (answer === undefined) {
      answer = ask(definitions, path);
      known.set(path, answer);
    }
    return answer;
  };
}

/** A choice such as `valueUri` tells its type by its name. */
function ask(definitions: Definitions, path: string): boolean {
  const element = definitions.element(path);
  if (element === undefined) return false;
  if (!element.name.endsWith('[x]')) return element.types.some((type) => uriTypes.has(type.code));
  const chosen = path.slice(path.lastIndexOf('.') + 1).slice(element.name.length - 3);
  return uriTypes.has(chosen.toLowerCase());
}
