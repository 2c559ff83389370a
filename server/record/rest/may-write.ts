import type { Decision } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Done, Sight, Verdict } from '../pieces/index.ts';
import { homeOf, ridOf } from '../rid.ts';
import { patientOf } from '../search/index.ts';
import type { Change, Delivery, Outcome, Resource, StoredResource } from '../types.ts';
import { notFound } from './absent.ts';
import type { Step } from './bundle/plan.ts';
import type { Call } from './call.ts';
import type { FhirServices } from './services.ts';
import { mustStaySamePerson } from './same-person.ts';
import { lastSaid, requirePermit, toJudge, verdictOn } from './sight.ts';

/**
 * Throws unless whoever asks may change what is there and store what comes. What they are not to know of is not there for them: a
 * delete finds nothing, and an id of the client's own choosing is refused alike, whether it is free or hidden. Changes are put right
 * in place. Gives the delivery to write by, which puts on record what is written. `isChosenId` says of a change, by its place,
 * whether the client chose its id. `provenance` is the one of the changes that tells of the others.
 */
export async function requireMayWrite(
  services: FhirServices,
  call: Call,
  changes: readonly Change[],
  isChosenId: (index: number) => boolean,
  provenance?: Change,
): Promise<Delivery> {
  const { sight, delivery } = call;
  if (sight === undefined) return delivery;
  const before = await toJudge(() => services.store.readMany(changes.map(({ type, id }) => ({ type, id }))));
  for (const [index, change] of changes.entries()) {
    const stored = before[index];
    const isThere =
      stored !== undefined &&
      (await mayChange(services, sight, change.kind === 'put' ? 'write' : 'delete', stored));
    if (change.kind === 'delete') {
      if (!isThere) change.id = newId();
      continue;
    }
    if (!isThere && isChosenId(index)) throw notFound(change.type);
    const said = isThere ? contentOf(await lastSaid(services, stored)) : undefined;
    if (said !== undefined) mustStaySamePerson(call.viewing.asker, said, change.resource);
    requirePermit(await judgeNew(call, sight, change, change === provenance ? changes : []), change.type);
  }
  const doneBy = (outcomes: readonly Outcome['kind'][]): Done[] =>
    changes.flatMap((change, index) => {
      const kind = kinds[outcomes[index] ?? 'absent'];
      const resource = change.kind === 'put' ? change.resource : contentOf(before[index]);
      if (kind === undefined || resource === undefined) return [];
      return [{ kind, resource, filing: filingOf(call, { ...change, resource }) }];
    });
  return { ...delivery, onRecordOf: (outcomes) => sight.changes(doneBy(outcomes)) };
}

/** What is decided on what comes. `told` is empty but for the Provenance that tells of these changes. */
function judgeNew(call: Call, sight: Sight, change: Put, told: readonly Change[]): Promise<Decision> {
  const asNew = (put: Put) => ({ resource: put.resource, filing: filingOf(call, put) });
  const others = told.flatMap((each) => (each.kind === 'put' && each !== change ? [asNew(each)] : []));
  const { resource, filing } = asNew(change);
  return others.length === 0
    ? sight.judgesNew('write', resource, filing)
    : sight.judgesProvenance(others, { resource, filing });
}

type Put = Extract<Change, { kind: 'put' }>;

const kinds = {
  created: 'create',
  updated: 'update',
  unchanged: 'update',
  deleted: 'delete',
  absent: undefined,
} as const;

const contentOf = (stored: StoredResource | undefined): Resource | undefined =>
  stored === undefined ? undefined : (JSON.parse(stored.content) as Resource);

/** False where whoever asks is not to know of it. Who sees a part of it only would lose the rest by storing it. */
async function mayChange(
  services: FhirServices,
  sight: Sight,
  action: 'write' | 'delete',
  stored: StoredResource,
): Promise<boolean> {
  const looking = await verdictOn(services, sight, 'read', stored);
  if (looking.decision.silent) return false;
  const verdict = await verdictOn(services, sight, action, stored);
  if (verdict.decision.silent) return false;
  requirePermit(verdict.decision, stored.type);
  if (isPart(looking)) throw seenInPart();
  return true;
}

const isPart = ({ decision, withoutLocation }: Verdict): boolean =>
  withoutLocation || decision.effect !== 'permit' || decision.obligations.includes('minimum-view');

const seenInPart = (): Problem =>
  new Problem(
    'access/seen-in-part',
    403,
    'You see a part of this only, so you cannot replace or delete it.',
    {
      wayOut: 'Ask somebody who sees all of it to change it.',
    },
  );

function filingOf(call: Call, { type, id, resource }: { type: string; id: string; resource: Resource }) {
  const patient = type === 'Patient' ? id : patientOf(resource);
  const { source } = call.delivery;
  return {
    type,
    id,
    patientId: patient === undefined ? homeOf(type, id) : ridOf(patient),
    source: source === call.baseUrl ? null : source,
  };
}

/** True when the client chose the id that a step stores under. Ask before the step is carried out, which gives each resource its id. */
export const isChosen = (step: Step | undefined): boolean =>
  step?.action === 'patch' ||
  (step?.action === 'update' && !(step.expectNone !== undefined && step.entry.resource?.id === undefined));

/**
 * Of what patches start from: what whoever asks may know of. Throws where they may not change it, before a patch is tried on it: whether
 * it fits would tell what is there.
 */
export async function openOnly(
  services: FhirServices,
  { sight }: Call,
  current: Map<string, StoredResource>,
): Promise<Map<string, StoredResource>> {
  if (sight === undefined) return current;
  const open = new Map<string, StoredResource>();
  for (const [key, stored] of current) {
    if (await mayChange(services, sight, 'write', stored)) open.set(key, stored);
  }
  return open;
}
