import { Problem } from '../../../platform/errors.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { newId } from '../../../platform/ids.ts';
import type { Change, Outcome, StoredResource } from '../../types.ts';
import type { Call } from '../call.ts';
import { provenanceChange } from '../provenance.ts';
import { referencesOf, substituteReferences } from '../references.ts';
import type { FhirServices } from '../services.ts';
import { isChosen, openOnly, requireMayWrite } from '../may-write.ts';
import { requireTargets } from '../targets.ts';
import { changesOf } from './changes.ts';
import { placeIn, type Entry } from './entries.ts';
import { conditionIn, links } from './links.ts';
import { conditionOf, plan, type Condition, type Matches, type Step } from './plan.ts';
import { versionsAfter } from './versions.ts';
import { toFind, toJudge, toWrite } from '../sight.ts';

/** One planned entry and what became of it; reads have no outcome yet. */
export type Done = { step: Step; outcome?: Outcome };

const attempts = 5;

/** Another request changed something between the planning and the write. */
class Overtaken extends Error {}

/**
 * Stores all changes of the entries in one database transaction, or none. Conditions are looked up first, and once more
 * under a lock, so that two requests with the same condition never both create.
 * @param fresh gives the entries as they were sent: planning changes their resources in place.
 */
export async function commit(services: FhirServices, call: Call, fresh: () => Entry[]): Promise<Done[]> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return await commitOnce(services, call, fresh());
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  throw new Problem('rest/busy', 409, 'Other requests kept changing the same resources.', {
    wayOut: 'Nothing was stored. Send the request again.',
  });
}

async function commitOnce(services: FhirServices, call: Call, entries: Entry[]): Promise<Done[]> {
  const references = entries.flatMap((entry) => (entry.resource ? referencesOf(entry.resource) : []));
  const conditions = distinct([...entries.map(conditionOf), ...references.map(conditionIn)]);
  const matches = await lookUp(services, call, conditions);
  const steps = plan(entries, matches, newId);
  const fixed = await pointTogether(services, steps, matches);

  const patched = steps.filter((step) => step.action === 'patch').map((step) => `${step.type}/${step.id}`);
  return services.patching.take(patched, () => store(services, call, steps, fixed));
}

/** Checks and writes what was planned. `fixed` holds the versions that must still be the current ones. */
async function store(
  services: FhirServices,
  call: Call,
  steps: readonly Step[],
  fixed: ReadonlyMap<string, number>,
): Promise<Done[]> {
  const writing = steps.filter((step) => changing.has(step.action));
  const patches = writing.filter((step) => step.action === 'patch');
  const chosen = new Set(writing.filter(isChosen));
  const current = await openOnly(services, call, await currentOf(services, patches));
  const changes = changesOf(services, writing, current);
  for (const change of changes) {
    const version = fixed.get(`${change.type}/${change.id}`);
    if (version !== undefined && version > 0) change.ifVersion ??= version;
  }
  const provenance = provenanceChange(call.provenance, changes);
  if (services.settings.brokenReferences === 'refuse') await requireTargets(services, call, changes);

  const all = provenance === undefined ? changes : [...changes, provenance];
  const delivery = await requireMayWrite(
    services,
    call,
    all,
    (index) => chosen.has(writing[index]!),
    provenance,
  );
  const expectNone = distinct(steps.map((step) => step.expectNone));
  const outcomes = await write(services, { ...call, delivery }, { changes: all, expectNone }).catch(
    (error: unknown) => {
      throw explained(error, writing);
    },
  );
  const outcomeOf = new Map(writing.map((step, index) => [step, outcomes[index]!]));
  return steps.map((step) => {
    const outcome = outcomeOf.get(step);
    return outcome === undefined ? { step } : { step, outcome };
  });
}

const changing = new Set<Step['action']>(['create', 'update', 'patch', 'delete']);

/**
 * Puts the final targets into every reference. Gives the current version of each resource whose next version is named
 * by a reference: those must not change before the write.
 */
async function pointTogether(
  services: FhirServices,
  steps: readonly Step[],
  matches: Matches,
): Promise<ReadonlyMap<string, number>> {
  const substituteAll = (versions: ReadonlyMap<string, number>): ReadonlySet<string> => {
    const targets = links(steps, matches, (key) => versions.get(key));
    for (const { action, entry } of steps) {
      if (entry.resource === undefined || action === 'patch') continue;
      substituteReferences(entry.resource, targets.substituteIn(entry), services.holdsUri);
    }
    return targets.versionsNamed;
  };
  const named = substituteAll(new Map());
  if (named.size === 0) return new Map();
  const concerned = steps.filter((step) => named.has(`${step.type}/${step.id}`));
  const current = await currentOf(services, concerned);
  substituteAll(versionsAfter(concerned, current));
  return new Map([...current].map(([key, stored]) => [key, stored.version]));
}

/** Writes everything, if the conditions that found nothing still find nothing. */
async function write(
  services: FhirServices,
  call: Call,
  { changes, expectNone }: { changes: Change[]; expectNone: Condition[] },
): Promise<Outcome[]> {
  if (expectNone.length === 0) return toWrite(() => services.store.write(changes, call.delivery));
  const locks = expectNone.map(({ key }) => key);
  const decide = async (tx: Tx): Promise<Change[]> => {
    for (const { type, query } of expectNone) {
      const found = await services.search.matchIds(tx, type, query, 1, call.sight);
      if (found.length > 0) throw new Overtaken();
    }
    return changes;
  };
  return toWrite(() => services.store.writeDecided(locks, decide, call.delivery));
}

/** A refusal of the store in terms of the request: which entry it was, and 412 for If-None-Match. */
function explained(error: unknown, steps: readonly Step[]): unknown {
  if (!(error instanceof Problem) || error.place === undefined || !/^\d+$/.test(error.place)) return error;
  const step = steps[Number(error.place)];
  if (step === undefined) return error;
  const { entry } = step;
  if (error.code === 'record/version-conflict' && entry.ifMatch === undefined) return new Overtaken();
  const ifNoneMatch = error.code === 'record/already-exists' && entry.ifNoneMatch !== undefined;
  return new Problem(error.code, ifNoneMatch ? 412 : error.status, error.message, {
    place:
      entry.place === ''
        ? entry.ifMatch === undefined
          ? 'If-None-Match'
          : 'If-Match'
        : placeIn(entry, 'request'),
    ...(error.wayOut !== undefined && { wayOut: error.wayOut }),
  });
}

async function lookUp(
  services: FhirServices,
  { sight }: Call,
  conditions: readonly Condition[],
): Promise<Matches> {
  const found = await Promise.all(
    conditions.map(({ type, query }) =>
      toFind(() => services.search.matchIds(services.db, type, query, 2, sight)),
    ),
  );
  return new Map(conditions.map((condition, index) => [condition.key, found[index]!]));
}

async function currentOf(
  services: FhirServices,
  steps: readonly Step[],
): Promise<Map<string, StoredResource>> {
  if (steps.length === 0) return new Map();
  const stored = await toJudge(() => services.store.readMany(steps.map(({ type, id }) => ({ type, id }))));
  return new Map(stored.filter((one) => one !== undefined).map((one) => [`${one.type}/${one.id}`, one]));
}

function distinct(conditions: readonly (Condition | undefined)[]): Condition[] {
  const byKey = new Map<string, Condition>();
  for (const one of conditions) if (one !== undefined) byKey.set(one.key, one);
  return [...byKey.values()];
}
