import type { Change, Issue, StoredResource } from '../types.ts';
import type { Call } from './call.ts';
import { Unacceptable } from './outcome.ts';
import { referencesOf } from './references.ts';
import type { FhirServices } from './services.ts';
import { listable, toJudge } from './sight.ts';

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** Refuses changes that refer to resources which are neither stored nor put by the same changes. */
export async function requireTargets(
  services: FhirServices,
  call: Call,
  changes: readonly Change[],
): Promise<void> {
  const here = new Set(changes.filter(({ kind }) => kind === 'put').map(({ type, id }) => `${type}/${id}`));
  const wanted = new Map<string, { type: string; id: string; from: string }>();
  for (const change of changes) {
    if (change.kind !== 'put') continue;
    for (const reference of referencesOf(change.resource)) {
      const [, type, id] = relative.exec(reference) ?? [];
      if (type === undefined || id === undefined || here.has(`${type}/${id}`)) continue;
      wanted.set(`${type}/${id}`, { type, id, from: change.type });
    }
  }
  const keys = [...wanted.values()];
  const there = (await toJudge(() => services.store.readMany(keys))).filter(
    (one) => one !== undefined && !one.deleted,
  );
  const open = await listable(call, there as StoredResource[]);
  const stored = new Set(open.map((one) => `${one.type}/${one.id}`));
  const issues = keys
    .filter(({ type, id }) => !stored.has(`${type}/${id}`))
    .map(({ type, from }): Issue => ({
      severity: 'error',
      code: 'not-found',
      path: from,
      text: `A reference points to a ${type} that is not stored. Store it first, or send both in one transaction.`,
    }));
  if (issues.length > 0) throw new Unacceptable(issues);
}
