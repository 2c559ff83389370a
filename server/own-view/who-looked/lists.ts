import { untoldFrom } from '../../access/index.ts';
import { eventsOfList, lastClosing, type EventRow } from '../../audit/index.ts';
import { linkHistory, patientAtHome } from '../../people/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Me, OwnViewServices } from '../types.ts';
import { shownWhileDelayed } from './delay.ts';

/** A time in which a record stood under another person, whose list is not this person's to see. */
export type Astray = { from: Date; to: Date };

export type Lists = {
  /** The person ids whose lists are this person's: the one they have now, and those they had before. */
  ids: string[];
  astray: Astray[];
};

/**
 * Which lists of accesses are a person's. When records are joined, one of the ids is given up: what was noted under it is the person's
 * too. A record that stood for a while under somebody else by mistake is told of as time astray, because that list is about them.
 */
export async function listsOf(db: Queryable, me: Me): Promise<Lists> {
  const history = await linkHistory(db, me.patientIds);
  const former = [...new Set(history.map(({ personId }) => personId))].filter((id) => id !== me.personId);
  const ids = [me.personId];
  const strange = new Set<string>();
  for (const id of former) {
    const patientId = await patientAtHome(db, id);
    if (patientId !== undefined && me.patientIds.includes(patientId)) ids.push(id);
    else strange.add(id);
  }
  const astray = history
    .filter(({ personId, recordedTo }) => strange.has(personId) && recordedTo !== undefined)
    .map(({ recorded, recordedTo }) => ({ from: recorded, to: recordedTo! }));
  return { ids, astray };
}

/** What a person may see of their lists now, the newest first, and up to when that is all of it. */
export type Looks = { upTo: Date | null; events: EventRow[]; isDelayed: boolean };

/** Everything on a person's lists that has its place in the log and of which they may be told. */
export async function eventsOn(
  { db, clock }: Pick<OwnViewServices, 'db' | 'clock'>,
  me: Me,
  ids: readonly string[],
): Promise<Looks> {
  const closing = await lastClosing(db);
  if (closing === undefined) return { upTo: null, events: [], isDelayed: false };
  const lists = await Promise.all(ids.map((id) => eventsOfList(db, { kind: 'person', id }, closing.size)));
  const events = lists.flat().toSorted((a, b) => b.seq - a.seq);
  const since = await untoldFrom(db, me.patientIds, clock().getTime());
  if (since === undefined) return { upTo: closing.at, events, isDelayed: false };
  const shown = shownWhileDelayed(events, since);
  return { upTo: shown.upTo ?? closing.at, events: shown.events, isDelayed: shown.upTo !== undefined };
}
