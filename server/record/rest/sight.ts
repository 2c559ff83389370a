import type { Action, Decision, Shown } from '../../access/index.ts';
import { isOpen, refusalOf, type Sight, type Verdict } from '../pieces/index.ts';
import type { StoredResource } from '../types.ts';
import { notFound } from './absent.ts';
import type { Call } from './call.ts';
import { namesOfBinary } from './binary-owner.ts';
import type { FhirServices } from './services.ts';

/**
 * A stored resource in the form that whoever asks may see it in. What they are not to know of is refused in the very words used for
 * what never was; what else they may not see with the rule and the way out. A deleted one is judged by what it last said.
 */
export async function seen(
  services: FhirServices,
  { sight, baseUrl }: Pick<Call, 'sight' | 'baseUrl'>,
  stored: StoredResource,
  as: { action: Action; kind: Shown['kind'] } = { action: 'read', kind: 'read' },
): Promise<StoredResource> {
  if (sight === undefined) return stored;
  if (stored.type === 'Binary') return seenBinary(services, sight, baseUrl, stored);
  const verdict = await verdictOn(services, sight, as.action, stored);
  requirePermit(verdict.decision, stored.type);
  return stored.deleted ? stored : sight.form(stored, verdict, as.kind);
}

/** What is decided on a resource, deleted or not. */
export async function verdictOn(
  services: FhirServices,
  sight: Sight,
  action: Action,
  stored: StoredResource,
): Promise<Verdict> {
  const [verdict] = await sight.judges(action, [await lastSaid(services, stored)]);
  return verdict!;
}

/** Throws unless it is permitted, and all that it asks for besides can be done here. */
export function requirePermit(decision: Decision, type: string): void {
  if (decision.silent) throw notFound(type);
  if (!isOpen(decision)) throw refusalOf(decision);
}

/** The last version that said something, where the given one is the mark of a deletion. */
export async function lastSaid(services: FhirServices, stored: StoredResource): Promise<StoredResource> {
  let said: StoredResource | undefined = stored;
  for (let version = stored.version - 1; said?.deleted !== false && version > 0; version -= 1)
    said = await services.store.readVersion(stored.type, stored.id, version);
  return said ?? stored;
}

/** A Binary may be seen where something that holds it may be; by itself it tells not whose it is. */
async function seenBinary(
  services: FhirServices,
  sight: Sight,
  baseUrl: string,
  stored: StoredResource,
): Promise<StoredResource> {
  const owners = await ownersOf(services, sight, baseUrl, await lastSaid(services, stored));
  const [shown] = await sight.shows(owners, 'read');
  if (shown === undefined) throw notFound('Binary');
  return stored;
}

async function ownersOf(
  services: FhirServices,
  sight: Sight,
  baseUrl: string,
  binary: StoredResource,
): Promise<StoredResource[]> {
  const names = namesOfBinary(binary, baseUrl);
  if (names.context !== undefined) {
    const [context] = await services.store.readMany([names.context]);
    return context === undefined || context.deleted ? [] : [context];
  }
  const found = await services.search.search(services.db, {
    type: 'DocumentReference',
    query: [
      ['location', names.addresses.join(',')],
      ['_count', '1'],
    ],
    handling: 'strict',
    baseUrl,
    sight,
  });
  return found.matches;
}

/** True when a resource may be shown by what is decided on it. */
export const isOpenVerdict = ({ decision }: Verdict): boolean => isOpen(decision);

/** Rows that may be listed by this call; all of them where it sees everything. */
export async function listable(call: Call, rows: readonly StoredResource[]): Promise<StoredResource[]> {
  const listed = await call.sight?.lists(rows);
  return listed === undefined ? [...rows] : rows.filter((_, index) => listed[index]);
}
