import { Problem } from '../../../platform/errors.ts';
import { queryText, readQuery } from '../call.ts';
import { requireId } from '../ids.ts';
import type { InteractionName } from '../interactions.ts';
import { placeIn, type Entry } from './entries.ts';

/** `Patient?identifier=x`: a condition that must be looked up before a transaction can be planned. */
export type Condition = { key: string; type: string; query: string };

/** What a condition found: the ids that match, two at most are needed. */
export type Matches = ReadonlyMap<string, readonly string[]>;

/** What will be done for one entry, and to which resource. */
export type Step = {
  entry: Entry;
  type: string;
  id: string;
  action: 'create' | 'update' | 'patch' | 'delete' | 'exists' | 'nothing' | 'read';
  /** The condition that found nothing, so that it must be looked up again under a lock before the write. */
  expectNone?: Condition;
};

/** FHIR's order: DELETE, POST, PUT and PATCH, GET. Source: FHIR R4 http.html#trules. */
const order = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2, GET: 3 } as const;

/** The entries in the order in which a transaction is processed; entries of one kind keep their order. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((one, other) => order[one.method] - order[other.method]);
}

/** The condition of an entry, where it has one. */
export function conditionOf(entry: Entry): Condition | undefined {
  const type = entry.target.type;
  if (type === undefined) return undefined;
  if (entry.interaction === 'create' && entry.ifNoneExist !== undefined) {
    return condition(type, entry.ifNoneExist.replace(/^.*\?/, ''));
  }
  return entry.interaction.startsWith('conditional-') ? condition(type, entry.query) : undefined;
}

/** Parameters about the answer, which choose nothing. */
const noCondition = /^_(?:format|pretty|summary|elements|total|count|sort)$/;

/**
 * A condition by type and query; the key is the same for the same text. Throws a Problem when the query chooses nothing,
 * because a condition that everything fulfils is never meant.
 */
export function condition(type: string, query: string): Condition {
  const pairs = readQuery(query);
  const chosen = pairs.filter(([name]) => !noCondition.test(name));
  if (chosen.length === 0 || chosen.some(([, value]) => value === '')) {
    throw new Problem(
      'rest/no-condition',
      400,
      'There is no condition, or one of its parameters has no value.',
      {
        wayOut: 'Add a search parameter that chooses the resource, such as an identifier with its system.',
      },
    );
  }
  const text = chosen.length === pairs.length ? query : queryText(chosen);
  return { key: `${type}?${text}`, type, query: text };
}

/**
 * Decides which resource each entry is about, in FHIR's order. Throws a Problem when two entries change the same
 * resource, or when a condition matches more than one.
 */
export function plan(entries: readonly Entry[], matches: Matches, newId: () => string): Step[] {
  const toCreate = new Map<string, string>();
  const steps = inOrder(entries).map((entry) => stepFor(entry, matches, toCreate, newId));
  const changed = new Map<string, number>();
  for (const step of steps) {
    if (step.action === 'read' || step.action === 'exists' || step.action === 'nothing') continue;
    const key = `${step.type}/${step.id}`;
    const other = changed.get(key);
    if (other !== undefined) {
      throw new Problem(
        'rest/same-resource-twice',
        400,
        `Two entries change the same resource (entries ${other} and ${step.entry.index}).`,
        {
          place: placeIn(step.entry, 'request.url'),
          wayOut: 'Say each change of a resource once, or send separate transactions.',
        },
      );
    }
    changed.set(key, step.entry.index);
  }
  return steps;
}

/** What changes nothing, and so is answered after all changes. */
const reading = new Set<InteractionName>([
  'capabilities',
  'read',
  'vread',
  'search',
  'system-search',
  'compartment',
  'instance-history',
  'type-history',
  'system-history',
  'system-operation',
  'type-operation',
  'instance-operation',
]);

function stepFor(entry: Entry, matches: Matches, toCreate: Map<string, string>, newId: () => string): Step {
  const type = entry.target.type ?? '';
  const asked = conditionOf(entry);
  if (reading.has(entry.interaction)) return { entry, type, id: entry.target.id ?? '', action: 'read' };
  const found = asked === undefined ? undefined : onlyMatch(asked, matches, entry);
  switch (entry.interaction) {
    case 'create': {
      if (asked === undefined) return { entry, type, id: newId(), action: 'create' };
      const before = found ?? toCreate.get(asked.key);
      if (before !== undefined) return { entry, type, id: before, action: 'exists' };
      const id = newId();
      toCreate.set(asked.key, id);
      return { entry, type, id, action: 'create', expectNone: asked };
    }
    case 'update':
    case 'patch':
    case 'delete':
      requireId(entry.target.id!);
      return { entry, type, id: entry.target.id!, action: entry.interaction };
    case 'conditional-update': {
      const given = entry.resource?.id;
      if (found !== undefined && given !== undefined && given !== found) {
        throw new Problem(
          'rest/conditional-id',
          400,
          'The resource has an id that is not the id of the match.',
          {
            place: placeIn(entry, 'resource.id'),
            wayOut: 'Leave the id out of a conditional update.',
          },
        );
      }
      if (found !== undefined) return { entry, type, id: found, action: 'update' };
      if (given !== undefined) requireId(given);
      return { entry, type, id: given ?? newId(), action: 'update', expectNone: asked! };
    }
    case 'conditional-patch':
      if (found === undefined) {
        throw new Problem('rest/no-match', 404, 'Nothing matches the condition.', {
          place: placeIn(entry, 'request.url'),
          wayOut: 'Check the search; only what exists can be patched.',
        });
      }
      return { entry, type, id: found, action: 'patch' };
    case 'conditional-delete':
      return found === undefined
        ? { entry, type, id: '', action: 'nothing' }
        : { entry, type, id: found, action: 'delete' };
    default:
      throw new Problem('rest/entry-url', 400, 'This cannot be done in a transaction.', {
        place: placeIn(entry, 'request'),
        wayOut: 'Send it as a request of its own.',
      });
  }
}

/** The one id a condition matches; undefined when none does. Throws 412 when there are several. */
export function onlyMatch(asked: Condition, matches: Matches, entry: Entry): string | undefined {
  const ids = matches.get(asked.key) ?? [];
  if (ids.length > 1) throw severalMatch(placeIn(entry, 'request'));
  return ids[0];
}

/** The refusal for a condition that is not selective enough. */
export function severalMatch(place: string): Problem {
  return new Problem('rest/several-matches', 412, 'More than one resource matches the condition.', {
    place,
    wayOut: 'Use a condition that matches one resource at most, such as an identifier with its system.',
  });
}
