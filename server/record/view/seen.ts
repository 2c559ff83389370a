/** The record of a person as one request sees it: hidden entries go before anything is joined, and nothing is kept. */
import { createHash } from 'node:crypto';
import type { Viewing } from '../../access/index.ts';
import { isOpen, refusalOf, sightOf, type Sight } from '../pieces/index.ts';
import type { StoredResource } from '../types.ts';
import { read, type Loaded } from './load.ts';
import type { FiledText, ViewServices } from './services.ts';

/** What a request sees of the record; undefined where it sees everything. */
export const sightIn = (services: ViewServices, viewing: Viewing): Sight | undefined =>
  sightOf(
    viewing,
    (stored) => services.sourcesOf(stored),
    (rows) => services.again(rows),
  );

/**
 * A person's record as it may be seen. Undefined when there is no such person for whoever asks; throws a Problem (403) with the rule
 * and the way out when they may know of the person but not see them.
 */
export async function loadSeen(
  services: ViewServices,
  sight: Sight,
  personId: string,
): Promise<Loaded | undefined> {
  const patientIds = await services.patientsOf(personId);
  if (patientIds.length === 0) return undefined;
  if (!(await isPersonOpen(sight, await services.patientsToJudge(patientIds)))) return undefined;
  const texts = await services.recordOf(patientIds);
  const shown = await sight.shows(texts, 'read');
  const seen = texts.flatMap((text, index): FiledText[] => {
    const form = shown[index];
    return form === undefined ? [] : [{ ...text, content: form.content }];
  });
  const made = createHash('sha256');
  for (const { content, source } of seen) made.update(`${source} ${content}\n`);
  const rest = await read(withSight(services, sight, made), seen, new Map());
  return { ...rest, version: made.digest('base64url') };
}

/** True when some organisation's entry of the person may be seen. */
async function isPersonOpen(sight: Sight, patients: readonly FiledText[]): Promise<boolean> {
  const verdicts = await sight.judges('read', patients);
  const decisions = verdicts.map(({ decision }) => decision);
  if (decisions.some(isOpen)) return true;
  const told =
    decisions.find(({ effect }) => effect === 'break-glass') ?? decisions.find(({ silent }) => !silent);
  if (told !== undefined) throw refusalOf(told);
  return false;
}

/** The same services, which give of organisations and staff what may be seen. `made` takes in what they gave. */
export function withSight(
  services: ViewServices,
  sight: Sight,
  made?: { update(text: string): unknown },
): ViewServices {
  return {
    ...services,
    async readMany(names) {
      const stored = await services.readMany(names);
      const there = stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
      const shown = await sight.shows(there, 'read');
      const forms = new Map(there.map((each, index) => [each, shown[index]]));
      for (const form of forms.values()) if (form !== undefined) made?.update(`${form.content}\n`);
      return stored.map((each) => each && forms.get(each));
    },
    findPatients: (query, page) => services.findPatients(query, page, sight),
  };
}
