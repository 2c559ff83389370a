import type { Queryable } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { isResourceType } from '../resource-types.ts';
import type { Condition } from './actions.ts';
import { uuidOf } from './identity.ts';
import type { Resolution } from './resolver.ts';
import { typesOf } from './store-lookups.ts';

/** What one search finds: the ids, two at most. */
export type Matcher = (condition: Condition) => Promise<string[]>;

/** What a `urn:uuid:` link or a reference by search stands for in the record. */
export async function lookUp(db: Queryable, match: Matcher, link: string): Promise<Resolution> {
  const id = uuidOf(link);
  if (id !== undefined) return resolutionOf((await typesOf(db, id)).map((type) => `${type}/${id}`));
  const at = link.indexOf('?');
  if (at === -1) return { kind: 'nothing' };
  const type = link.slice(0, at);
  if (!isResourceType(type))
    return { kind: 'not-understood', reason: 'FHIR R4 has no resource of this type.' };
  try {
    const ids = await match({ type, query: link.slice(at + 1) });
    return resolutionOf(ids.map((each) => `${type}/${each}`));
  } catch (error) {
    if (error instanceof Problem && error.status === 400)
      return { kind: 'not-understood', reason: error.message };
    throw error;
  }
}

function resolutionOf(targets: string[]): Resolution {
  if (targets.length === 0) return { kind: 'nothing' };
  return targets.length === 1 ? { kind: 'found', target: targets[0]! } : { kind: 'several' };
}
