import { Problem } from '../../platform/errors.ts';
import { actionFor } from './actions.ts';
import { BundleLinks } from './bundle-links.ts';
import { idFor, type Head } from './identity.ts';
import { headOfFound } from './json-of.ts';
import type { LinkMaker } from './plan.ts';
import type { Found } from './reading/index.ts';
import type { Resolver } from './resolver.ts';

/**
 * Makes what the links of a bundle stand for. An entry that is stored only when nothing matches it, or in place of what
 * matches, stands for what the record has.
 */
export function linkMaker(source: string, resolver: Resolver): LinkMaker {
  return async (bundle) => {
    const links = new BundleLinks();
    for await (const { type: bundleType, found } of bundle) {
      for (const entry of found) await add(links, entry, bundleType, source, resolver);
    }
    return links;
  };
}

async function add(
  links: BundleLinks,
  entry: Found,
  bundleType: string,
  source: string,
  resolver: Resolver,
): Promise<void> {
  const head = readableHead(entry);
  if (head === undefined) return;
  const action = actionFor(entry, head, bundleType);
  if (action.kind !== 'put') return;
  const id = action.id ?? idFor(entry, head.id, source);
  const condition = action.unless ?? action.inPlaceOf;
  if (condition !== undefined) {
    const answer = await resolver.condition(condition);
    const own = `${head.type}/${id}`;
    if (answer.kind === 'found' && answer.target !== own) {
      links.addAlias(own, answer.target);
      if (entry.fullUrl !== undefined) links.addAlias(entry.fullUrl, answer.target);
      return;
    }
  }
  if (entry.fullUrl !== undefined) links.add(entry.fullUrl, head.type, id);
}

/** Type and id of an entry, or undefined when it cannot be read: that is reported when its turn comes. */
function readableHead(entry: Found): Head | undefined {
  try {
    return headOfFound(entry);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
