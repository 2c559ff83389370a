import { reasonsToTell, type Piece, type Viewing } from '../../access/index.ts';
import { behindSources, dayOf } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { RecordEntry } from '../../record/store/index.ts';
import type { Resource } from '../../record/types.ts';
import { consolidate, type RecordView } from '../../record/view/index.ts';
import type { Me, OwnViewServices } from '../types.ts';
import type { Find } from './contacts.ts';

/** What of a person's record may be shown to who asks. */
export type Shown = {
  entries: RecordEntry[];
  resources: Resource[];
  view: RecordView;
  find: Find;
};

const outside =
  /"reference"\s*:\s*"((?:Organization|Practitioner|PractitionerRole|Location|Medication)\/[A-Za-z0-9.-]{1,64})"/g;

/** Reads a person's record as far as who asks may see it. A Problem when it is closed to them as a whole. */
export async function loadShown(services: OwnViewServices, viewing: Viewing, me: Me): Promise<Shown> {
  const { clock, store, organisations, pieceOf } = services;
  const all = await store.patientRecord([...me.patientIds]);
  const parsed = all.map((entry) => ({ entry, resource: JSON.parse(entry.content) as Resource }));
  const pieces = parsed.map(({ entry, resource }) => pieceOf(resource, entry.patientId, entry.source));
  const may = await permittedAmong(viewing, pieces);
  const shown = parsed.filter((_, at) => may[at]);
  const references = shown.flatMap(({ entry }) =>
    [...entry.content.matchAll(outside)].map(([, name]) => name!),
  );
  const stored = await store.readMany(
    [...new Set(references)].map((name) => ({ type: name.split('/')[0]!, id: name.split('/')[1]! })),
  );
  const others = stored.flatMap((each) =>
    each === undefined || each.deleted ? [] : [JSON.parse(each.content) as Resource],
  );
  const behind = await behindSources(
    organisations,
    shown.map(({ entry, resource }) => sourceNamed(entry, resource)),
    dayOf(clock()),
  );
  const view = consolidate(
    shown.map(({ entry, resource }) => ({
      resource,
      source: entry.source,
      lastUpdated: entry.lastUpdated.toISOString(),
      behind: behind.get(sourceNamed(entry, resource)),
    })),
    others,
  );
  const known = new Map(
    [...others, ...shown.map(({ resource }) => resource)].map((each) => [nameOf(each), each]),
  );
  return {
    entries: shown.map(({ entry }) => entry),
    resources: shown.map(({ resource }) => resource),
    view,
    find: (reference) => known.get(reference),
  };
}

const sourceNamed = (entry: RecordEntry, resource: Resource): string => resource.meta?.source ?? entry.source;

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** Which pieces may be read. Where none may, and that is no secret, a Problem says why. */
async function permittedAmong(viewing: Viewing, pieces: readonly Piece[]): Promise<boolean[]> {
  const decisions = await viewing.decide('read', pieces);
  const may = decisions.map(({ effect }) => effect === 'permit');
  const told = may.some(Boolean) ? undefined : decisions.find(({ silent }) => !silent);
  if (told !== undefined) {
    const [reason] = reasonsToTell(told);
    throw new Problem('access/refused', 403, reason?.says ?? 'You may not see this record.', {
      ...(reason === undefined ? {} : { place: reason.rule }),
      wayOut: reason?.wayOut ?? 'Ask the GP practice.',
    });
  }
  return may;
}
