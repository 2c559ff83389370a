import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { Answer, Call } from '../call.ts';
import type { FhirServices } from '../services.ts';
import { batch, performAlone, type Perform } from './batch.ts';
import { commit } from './commit.ts';
import { readEntry, type Entry } from './entries.ts';
import { entryOfDone } from './respond.ts';
import { bundleText, type EntryText } from './text.ts';

/** Carries out a batch or a transaction. Source: FHIR R4 http.html#transaction. */
export async function processBundle(services: FhirServices, call: Call, perform: Perform): Promise<Answer> {
  if (call.body?.kind !== 'resource') throw notABundle('The body is not a resource.');
  const { body } = call;
  let unread: Record<string, unknown> | undefined = body.take();
  const { resourceType, type } = unread;
  const take = (): readonly unknown[] => {
    const bundle = unread ?? body.take();
    unread = undefined;
    const entries = bundle['entry'] ?? [];
    if (Array.isArray(entries)) return entries;
    throw notABundle('Bundle.entry is not a list.');
  };
  if (resourceType !== 'Bundle') throw notABundle('The resource is not a Bundle.');
  if (type !== 'batch' && type !== 'transaction')
    throw notABundle('The Bundle is neither a batch nor a transaction.');
  const entries =
    type === 'batch'
      ? await batch(services, call, take, perform)
      : await transaction(services, call, take, perform);
  return {
    status: 200,
    json: bundleText({ id: newId(), type: `${type}-response`, at: services.clock(), entries }),
  };
}

/**
 * Stores everything or nothing, then answers the reads of the bundle from what is now stored. A read that fails is told
 * in its own entry: what was stored stays stored.
 */
async function transaction(
  services: FhirServices,
  call: Call,
  take: () => readonly unknown[],
  perform: Perform,
): Promise<EntryText[]> {
  const fresh = (): Entry[] => take().map((raw, index) => readEntry(raw, index, call.baseUrl));
  const texts: EntryText[] = [];
  for (const done of await commit(services, call, fresh)) {
    const { entry, action } = done.step;
    texts[entry.index] =
      action === 'read' ? await performAlone(services, call, entry, perform) : entryOfDone(call, done);
  }
  return texts;
}

const notABundle = (text: string): Problem =>
  new Problem('rest/not-a-bundle', 400, text, {
    place: 'Bundle.type',
    wayOut:
      'Post a Bundle of type batch or transaction here; post other resources to the address of their type.',
  });
