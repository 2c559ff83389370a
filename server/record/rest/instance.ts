import type { StoredResource } from '../types.ts';
import { deleted, notFound } from './absent.ts';
import { commit, type Done } from './bundle/commit.ts';
import type { Entry } from './bundle/entries.ts';
import type { Answer, Call } from './call.ts';
import { requireId } from './ids.ts';
import { requireKnown } from './known-parameters.ts';
import { isNotModified } from './preconditions.ts';
import type { FhirServices } from './services.ts';
import { selectionOf, trim } from './trim.ts';
import { seen, toJudge } from './sight.ts';
import { deleteAnswer, writeAnswer } from './write.ts';

/** Reads the current version. 410 when it was deleted, 304 when the client holds it already. */
export async function read(services: FhirServices, call: Call): Promise<Answer> {
  const { type = '', id = '' } = call.target;
  requireId(id);
  requireKnown(call, []);
  const stored = await toJudge(() => services.store.read(type, id));
  if (stored === undefined) throw notFound(type);
  const shown = await seen(services, call, stored);
  if (shown.deleted) throw deleted(type);
  return versionAnswer(services, call, shown);
}

/** Reads one version, an earlier one or the current one. */
export async function vread(services: FhirServices, call: Call): Promise<Answer> {
  const { type = '', id = '', version = '' } = call.target;
  requireId(id);
  const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined;
  const stored =
    number === undefined ? undefined : await toJudge(() => services.store.readVersion(type, id, number));
  await requireCurrent(services, call);
  if (stored === undefined) throw notFound(type);
  const shown = await seen(services, call, stored);
  if (shown.deleted) throw deleted(type);
  return versionAnswer(services, call, shown);
}

/** An earlier version is hidden as the current one is. */
async function requireCurrent(services: FhirServices, call: Call): Promise<void> {
  const { type = '', id = '' } = call.target;
  if (call.sight === undefined) return;
  const current = await toJudge(() => services.store.read(type, id));
  if (current === undefined) throw notFound(type);
  await seen(services, call, current);
}

/** Update, patch and delete by id, and all that goes by a condition: one entry, committed as a transaction of one. */
export async function writeOne(services: FhirServices, call: Call): Promise<Answer> {
  const [done] = await commit(services, call, () => [entryOf(call)]);
  return answerTo(services, call, done!);
}

async function answerTo(services: FhirServices, call: Call, done: Done): Promise<Answer> {
  if (call.method === 'DELETE') return deleteAnswer(call, done.outcome);
  if (done.outcome !== undefined) return writeAnswer(call, done.outcome);
  const stored = await toJudge(() => services.store.read(done.step.type, done.step.id));
  if (stored === undefined || stored.deleted) throw deleted(done.step.type);
  return writeAnswer(call, { kind: 'unchanged', stored: await seen(services, call, stored) });
}

function entryOf(call: Call): Entry {
  return {
    index: 0,
    place: '',
    method: call.method as Entry['method'],
    head: false,
    interaction: call.interaction,
    target: call.target,
    query: call.queryText,
    ...(call.ifMatch !== undefined && { ifMatch: call.ifMatch }),
    ...(call.ifNoneMatch !== undefined && { ifNoneMatch: call.ifNoneMatch }),
    ...(call.ifNoneExist !== undefined && { ifNoneExist: call.ifNoneExist }),
    ...(call.body?.kind === 'resource' && { resource: call.body.take() }),
    ...(call.body?.kind === 'json-patch' && { jsonPatch: call.body.operations }),
  };
}

function versionAnswer(services: FhirServices, call: Call, stored: StoredResource): Answer {
  if (isNotModified(stored, call))
    return { status: 304, version: stored.version, lastModified: stored.lastUpdated };
  return {
    status: 200,
    json: trim(services, selectionOf(call.query), stored.content),
    version: stored.version,
    lastModified: stored.lastUpdated,
    dependsOn: { patients: [stored.patientId], tokens: [] },
  };
}
