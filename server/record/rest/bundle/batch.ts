import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { parseJson } from '../../formats/index.ts';
import type { Change } from '../../types.ts';
import { readQuery, type Answer, type Call } from '../call.ts';
import { provenanceChange } from '../provenance.ts';
import { referencesOf, substituteReferences } from '../references.ts';
import type { FhirServices } from '../services.ts';
import { requireTargets } from '../targets.ts';
import { isChosen, requireMayWrite } from '../may-write.ts';
import { changesOf } from './changes.ts';
import { readEntry, type Entry } from './entries.ts';
import { links } from './links.ts';
import { plan, type Step } from './plan.ts';
import { entryOfAnswer, entryOfDone, entryOfError } from './respond.ts';
import type { EntryText } from './text.ts';
import { toWrite } from '../sight.ts';

export type Perform = (services: FhirServices, call: Call) => Promise<Answer>;

/**
 * Carries out each entry of a batch by itself: one failure does not touch the others. Plain creates, updates and
 * deletes are written together, which changes nothing in their meaning; if together they are refused, each is tried alone.
 * @param take gives the entries as they were sent.
 */
export async function batch(
  services: FhirServices,
  call: Call,
  take: () => readonly unknown[],
  perform: Perform,
): Promise<EntryText[]> {
  const texts: EntryText[] = [];
  const together: { step: Step; change: Change }[] = [];
  const alone: Entry[] = [];
  const taken = new Set<string>();

  for (const [index, raw] of take().entries()) {
    try {
      const entry = readEntry(raw, index, call.baseUrl);
      if (!isPlain(entry) || taken.has(keyOf(entry))) {
        alone.push(entry);
        continue;
      }
      const planned = prepared(services, entry);
      taken.add(keyOf(entry));
      together.push(planned);
    } catch (error) {
      texts[index] = entryOfError(error);
    }
  }

  const refused = await writeTogether(services, call, together, texts);
  if (refused) {
    const raws = take();
    for (const { step } of together)
      alone.push(readEntry(raws[step.entry.index], step.entry.index, call.baseUrl));
  }
  for (const entry of alone) texts[entry.index] = await performAlone(services, call, entry, perform);
  return texts;
}

/** The call that an entry stands for. */
export function callOf(call: Call, entry: Entry): Call {
  const text = entry.resource === undefined ? undefined : JSON.stringify(entry.resource);
  return {
    interaction: entry.interaction,
    method: entry.method,
    target: entry.target,
    query: readQuery(entry.query),
    queryText: entry.query,
    queryInBody: true,
    body: text === undefined ? undefined : { kind: 'resource', take: () => parseJson(text) },
    ifMatch: entry.ifMatch,
    ifNoneMatch: entry.ifNoneMatch,
    ifNoneExist: entry.ifNoneExist,
    ifModifiedSince: entry.ifModifiedSince,
    prefer: { ...call.prefer, answer: call.prefer.answer ?? 'minimal' },
    provenance: call.provenance,
    baseUrl: call.baseUrl,
    delivery: call.delivery,
    viewing: call.viewing,
    sight: call.sight,
  };
}

/** Carries out one entry and tells in its response how that went. */
export async function performAlone(
  services: FhirServices,
  call: Call,
  entry: Entry,
  perform: Perform,
): Promise<EntryText> {
  try {
    return entryOfAnswer(entry, await perform(services, callOf(call, entry)));
  } catch (error) {
    return entryOfError(error);
  }
}

/** True when an entry can be written with others: it depends on no search and no other entry. */
function isPlain(entry: Entry): boolean {
  if (entry.interaction === 'delete') return true;
  if (entry.interaction !== 'update' && (entry.interaction !== 'create' || entry.ifNoneExist !== undefined))
    return false;
  return !referencesOf(entry.resource!).some((reference) => reference.includes('?'));
}

const keyOf = (entry: Entry): string =>
  entry.target.id === undefined ? `new ${entry.index}` : `${entry.target.type}/${entry.target.id}`;

function prepared(services: FhirServices, entry: Entry): { step: Step; change: Change } {
  const [step] = plan([entry], new Map(), newId);
  const substitute = links([step!], new Map(), () => undefined).substituteIn(entry);
  if (entry.resource !== undefined) substituteReferences(entry.resource, substitute, services.holdsUri);
  const [change] = changesOf(services, [step!], new Map());
  return { step: step!, change: change! };
}

/** Writes all in one go. True when the store refused them, so that nothing was written. */
async function writeTogether(
  services: FhirServices,
  call: Call,
  together: readonly { step: Step; change: Change }[],
  texts: EntryText[],
): Promise<boolean> {
  if (together.length === 0) return false;
  const changes = together.map(({ change }) => change);
  const provenance = provenanceChange(call.provenance, changes);
  try {
    if (services.settings.brokenReferences === 'refuse') await requireTargets(services, call, changes);
    const all = provenance ? [...changes, provenance] : changes;
    const delivery = await requireMayWrite(
      services,
      call,
      all,
      (index) => isChosen(together[index]?.step),
      provenance,
    );
    const outcomes = await toWrite(() => services.store.write(all, delivery));
    for (const [index, { step }] of together.entries()) {
      texts[step.entry.index] = entryOfDone(call, { step, outcome: outcomes[index]! });
    }
    return false;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return true;
    throw error;
  }
}
