import type { Action, Decision, Shown } from '../../access/index.ts';
import { openFor, pastWall } from '../../platform/db/index.ts';
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
  const [own] = await sight.again([stored]);
  if (own === undefined) throw notFound(stored.type);
  return own.deleted ? own : sight.form(own, verdict, as.kind);
}

/** Reads what is about to be decided on: past the second wall, for nothing is open before the decision. */
export const toJudge = <T>(read: () => Promise<T>): Promise<T> => pastWall('deciding', read);

/** Looks for candidates among everybody. Each is decided on before it counts, and read again before it is shown. */
export const toFind = <T>(search: () => Promise<T>): Promise<T> => pastWall('finding', search);

/** Writes what was permitted. */
export const toWrite = <T>(write: () => Promise<T>): Promise<T> => pastWall('writing', write);

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
    said = await readEarlier(services, stored, version);
  return said ?? stored;
}

const readEarlier = (services: FhirServices, { type, id }: StoredResource, version: number) =>
  toJudge(() => services.store.readVersion(type, id, version));

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
  openFor([stored.patientId]);
  const [own] = await sight.again([stored]);
  if (own === undefined) throw notFound('Binary');
  return own;
}

async function ownersOf(
  services: FhirServices,
  sight: Sight,
  baseUrl: string,
  binary: StoredResource,
): Promise<StoredResource[]> {
  const names = namesOfBinary(binary, baseUrl);
  if (names.context !== undefined) {
    const { context: name } = names;
    const [context] = await toJudge(() => services.store.readMany([name]));
    return context === undefined || context.deleted ? [] : [context];
  }
  const found = await toFind(() =>
    services.search.search(services.db, {
      type: 'DocumentReference',
      query: [
        ['location', names.addresses.join(',')],
        ['_count', '1'],
      ],
      handling: 'strict',
      baseUrl,
      sight,
    }),
  );
  return found.matches;
}

/** True when a resource may be shown by what is decided on it. */
export const isOpenVerdict = ({ decision }: Verdict): boolean => isOpen(decision);

/** Rows that may be listed by this call; all of them where it sees everything. */
export async function listable(call: Call, rows: readonly StoredResource[]): Promise<StoredResource[]> {
  const listed = await call.sight?.lists(rows);
  return listed === undefined ? [...rows] : rows.filter((_, index) => listed[index]);
}
