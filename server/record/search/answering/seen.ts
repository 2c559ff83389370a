import type { Queryable } from '../../../platform/db/index.ts';
import { typeName } from '../../resource-types.ts';
import { ridOf } from '../../rid.ts';
import { storedOf } from '../../stored-row.ts';
import type { StoredResource } from '../../types.ts';
import type { LookUp } from '../conditions/context.ts';
import type { PageRow, Place } from '../sql/types.ts';
import { currentByRid } from '../store.ts';
import { plainly, type Asked, type Sight } from './sight.ts';

/** Reads the next candidates of a question in its order; with `reach` only those of these patients and of nobody. */
export type Candidates = (
  after: Place | undefined,
  limit: number,
  reach?: readonly string[],
) => Promise<PageRow[]>;

/** A row that may be listed, and its place in the order. */
export type SeenRow = { stored: StoredResource; place: Place };

const firstLook = 32;
/** Finding who is in reach, and their rows, takes as long as deciding on so many. */
const worthReach = 200;
const laterLook = 250;
const largestLook = 4_000;

/**
 * The rows of a question that whoever asks may have listed, in order. What is hidden goes here, before anything is counted or cut
 * into pages. More is looked at each time, so that a count does not ask in small steps. Once most of many candidates were hidden, only
 * those of patients in reach are read: the others would be hidden too.
 */
export async function* seenRows(
  candidates: Candidates,
  placeOf: (row: PageRow) => Place,
  by: { sight: Sight; asked: Asked },
  after?: Place,
): AsyncGenerator<SeenRow> {
  let place = after;
  let looked = 0;
  let hidden = 0;
  let reach: readonly string[] | undefined;
  for (let size = firstLook; ; size = Math.min(Math.max(size * 4, laterLook), largestLook)) {
    if (reach === undefined && looked >= worthReach && hidden * 2 > looked) reach = await by.sight.reach();
    const rows = await candidates(place, size, reach);
    const stored = rows.map(storedOf);
    const listed = await by.sight.lists(stored, by.asked);
    for (const [index, row] of rows.entries())
      if (listed[index]) yield { stored: stored[index]!, place: placeOf(row) };
    const last = rows.at(-1);
    if (rows.length < size || last === undefined) return;
    place = placeOf(last);
    looked += rows.length;
    hidden += listed.filter((one) => !one).length;
  }
}

/** The look-ups that conditions need, as whoever asks sees them: what is hidden is not there. */
export function seenLookUp(lookUp: LookUp, db: Queryable, sight: Sight): LookUp {
  const open = async (rids: readonly string[], type: string): Promise<string[]> => {
    const rows = (await currentByRid(db, rids)).map(storedOf).filter((row) => row.type === type);
    const listed = await sight.lists(rows, plainly);
    return rows.filter((_, index) => listed[index]).map(({ id }) => ridOf(id));
  };
  return {
    ...lookUp,
    async patientIdsOf(rids, type) {
      const seen = await open(rids, typeName(type));
      return seen.length === 0 ? [] : lookUp.patientIdsOf(seen, type);
    },
    async listContent(rid) {
      const [seen] = await open([rid], 'List');
      return seen === undefined ? undefined : lookUp.listContent(seen);
    },
  };
}
