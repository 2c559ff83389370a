import { Problem } from '../../../platform/errors.ts';
import type { Substitute } from '../references.ts';
import { condition, severalMatch, type Condition, type Matches, type Step } from './plan.ts';
import { placeIn, type Entry } from './entries.ts';

const versionPart = /\/_history\/[^/]+$/;
const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/;
const restfulUrl = /^(https?:\/\/.+)\/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;
const relative = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/;

/** Where the references of a bundle point once its entries have their ids. */
export type Links = {
  /** What stands in place of a reference found in this entry. A URN in a resource sent by itself is left as it is. */
  substituteIn(entry: Entry): Substitute;
  /** Resources of the bundle that a reference met so far names with a version. */
  readonly versionsNamed: ReadonlySet<string>;
};

/** The condition a reference states, as in `Patient?identifier=x`. */
export function conditionIn(reference: string): Condition | undefined {
  const parts = reference.includes('?') ? conditional.exec(reference) : null;
  return parts ? condition(parts[1]!, parts[2]!) : undefined;
}

/**
 * Builds the map from full URLs and conditions to `Type/id`.
 * @param versionAfter the version a resource of this bundle will have once written; undefined while that is not known, which
 * leaves references that name a version as they are.
 */
export function links(
  steps: readonly Step[],
  matches: Matches,
  versionAfter: (key: string) => number | undefined,
): Links {
  const byFullUrl = new Map<string, string>();
  const byCondition = new Map<string, string>();
  for (const step of steps) {
    if (step.action === 'read' || step.action === 'nothing' || step.action === 'delete') continue;
    const key = `${step.type}/${step.id}`;
    const fullUrl = step.entry.fullUrl;
    if (fullUrl !== undefined) {
      if (byFullUrl.has(fullUrl)) throw sameFullUrl(step.entry);
      byFullUrl.set(fullUrl, key);
    }
    if (step.expectNone !== undefined) byCondition.set(step.expectNone.key, key);
  }
  const versionsNamed = new Set<string>();

  const plain = (reference: string, base: string | undefined): string | undefined => {
    const found = byFullUrl.get(reference);
    if (found !== undefined || base === undefined || !relative.test(reference)) return found;
    return byFullUrl.get(`${base}/${reference}`);
  };

  const inReference = (reference: string, base: string | undefined, place: string): string | undefined => {
    const found = plain(reference, base);
    if (found !== undefined) return found;
    if (versionPart.test(reference)) {
      const key = plain(reference.replace(versionPart, ''), base);
      if (key === undefined) return undefined;
      versionsNamed.add(key);
      const version = versionAfter(key);
      return version === undefined ? undefined : `${key}/_history/${version}`;
    }
    if (reference.startsWith('urn:uuid:')) throw unresolved(place);
    const asked = conditionIn(reference);
    return asked === undefined ? undefined : match(asked, place);
  };

  const match = (asked: Condition, place: string): string => {
    const here = byCondition.get(asked.key);
    if (here !== undefined) return here;
    const ids = matches.get(asked.key) ?? [];
    if (ids.length > 1) throw severalMatch(place);
    if (ids[0] === undefined) throw unresolved(place);
    return `${asked.type}/${ids[0]}`;
  };

  return {
    versionsNamed,
    substituteIn(entry) {
      const base = entry.fullUrl === undefined ? undefined : restfulUrl.exec(entry.fullUrl)?.[1];
      const place = entry.place === '' ? (entry.target.type ?? '') : `${entry.place}.resource`;
      const isAlone = entry.place === '';
      return (target, isReference) => {
        if (!isReference || (isAlone && target.startsWith('urn:'))) return byFullUrl.get(target);
        return inReference(target, base, place);
      };
    },
  };
}

function sameFullUrl(entry: Entry): Problem {
  return new Problem('rest/same-full-url', 400, 'Two entries have the same fullUrl.', {
    place: placeIn(entry, 'fullUrl'),
    wayOut: 'Give each entry a fullUrl of its own.',
  });
}

function unresolved(place: string): Problem {
  return new Problem(
    'rest/unresolved-reference',
    400,
    'A reference points to nothing in the bundle and nothing stored.',
    {
      place,
      wayOut: 'Add the entry with this fullUrl, or refer to a stored resource. Nothing was stored.',
    },
  );
}
