import { gather, pastWall, type Db } from '../../platform/db/index.ts';
import type { Dependence } from '../types.ts';

/** More resources than this that carry a token are not followed. */
const mostFollowed = 1_000;

/**
 * Makes the question "what state is this in?". Two equal texts mean that nothing an answer depends on was changed between
 * them, by whatever process. Undefined when too much would have to be looked at. Questions that arrive together share a
 * round trip. Ask before reading what the answer is made from: then an answer kept under the text is never older than it.
 */
export function createStates(db: Db): (on: Dependence) => Promise<string | undefined> {
  return gather((all) => pastWall('finding', () => statesOf(db, all)));
}

async function statesOf(db: Db, all: Dependence[]): Promise<(string | undefined)[]> {
  const patients = [...new Set(all.flatMap((one) => one.patients))];
  const tokens = [...new Set(all.flatMap((one) => one.tokens))];
  const [heads, carriers] = await Promise.all([headsOf(db, patients), carriersOf(db, tokens)]);
  return all.map((one) => {
    const seen = one.patients.map((id) => `${heads.get(id) ?? 0}`);
    if (one.tokens.length === 0) return seen.join(' ');
    if (carriers === undefined) return undefined;
    const found = new Set(one.tokens.flatMap((token) => carriers.get(token) ?? []));
    return [...seen, ...[...found].sort()].join(' ');
  });
}

/** How many changes each patient's record has seen: equal numbers mean the record is the same. */
export async function headsOf(db: Db, patientIds: string[]): Promise<Map<string, number>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<{ patient_id: string; seq: number }>(
    `select patient_id, seq from record.patient_head where patient_id = any($1::uuid[])`,
    [patientIds],
    { name: 'record-heads' },
  );
  return new Map(rows.map((row) => [row.patient_id, row.seq]));
}

/** The versions that carry each token; undefined when there are too many. */
async function carriersOf(db: Db, tokens: string[]): Promise<Map<string, string[]> | undefined> {
  const found = new Map<string, string[]>();
  if (tokens.length === 0) return found;
  const rows = await db.query<{ version: string; carried: string[] }>(
    `select type || '/' || rid || '/' || version as version,
            array(select t::text from unnest(tokens) t where t = any($1::bigint[])) as carried
     from record.resource
     where tokens && $1::bigint[]
       and not deleted
     limit $2`,
    [tokens, mostFollowed + 1],
    { name: 'record-carriers' },
  );
  if (rows.length > mostFollowed) return undefined;
  for (const { version, carried } of rows) {
    for (const token of carried) found.set(token, [...(found.get(token) ?? []), version]);
  }
  return found;
}
