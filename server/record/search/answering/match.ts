import type { Queryable } from '../../../platform/db/index.ts';
import { idIn } from '../../stored-row.ts';
import { readRequest } from '../asking/request.ts';
import { answer, questionsOf, rowsOf } from './answer.ts';
import type { Sight } from './sight.ts';
import type { Parts } from './types.ts';

/** Ids of the matches of a query on one type, for conditional operations. An unknown parameter is an error. */
export async function matchingIds(
  parts: Parts,
  db: Queryable,
  type: string,
  query: string | readonly (readonly [string, string])[],
  most: number,
  sight?: Sight,
): Promise<string[]> {
  const pairs = typeof query === 'string' ? [...new URLSearchParams(query)] : query;
  const request = { type, query: pairs, handling: 'strict' as const, baseUrl: '' };
  const ask = readRequest(parts, request);
  if (sight !== undefined) {
    const seen = { ...request, sight, query: [...pairs, ['_count', String(most)] as const] };
    return (await answer(parts, db, seen)).matches.map(({ id }) => id);
  }
  const questions = await questionsOf(parts, db, ask, request);
  const rows = await rowsOf(parts, db, { sort: [] }, questions, undefined, most, 'left(r.content, 160)');
  return rows.map((row) => idIn(row.content));
}
