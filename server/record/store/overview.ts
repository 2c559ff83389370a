import type { Queryable } from '../../platform/db/index.ts';
import { resourceTypes } from '../resource-types.ts';
import { toBigInt, typeToken } from '../search/index.ts';

/** How many current resources of each type there are, from the tally: exact, and quick at any size. */
export async function talliedByType(db: Queryable): Promise<Map<string, number>> {
  const typeOf = new Map(
    resourceTypes.map((type) => {
      const { hi, lo } = typeToken(type);
      return [toBigInt(hi, lo).toString(), type as string];
    }),
  );
  const rows = await db.query<{ token: string; n: string }>(
    `select token::text as token, sum(n)::text as n
     from record.tally
     where token = any($1::bigint[])
     group by token`,
    [[...typeOf.keys()]],
  );
  const counts = rows.map((row): [string, number] => [typeOf.get(row.token)!, Number(row.n)]);
  return new Map(counts.filter(([, n]) => n > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who has said anything, through what, and in which hour last. */
export async function deliveredBy(
  db: Queryable,
): Promise<{ source: string; channel: string; lastReceived: Date }[]> {
  const rows = await db.query<{ source: string; channel: string; last: Date }>(
    `select source, channel, max(received) as last
     from record.delivery
     group by source, channel
     order by last desc, source`,
  );
  return rows.map((row) => ({ source: row.source, channel: row.channel, lastReceived: row.last }));
}
