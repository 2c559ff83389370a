import type { Queryable } from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import type { ResourceRow } from '../stored-row.ts';
import type { LookUp } from './conditions/context.ts';
import type { Condition, RangeTest } from './conditions/types.ts';

/** Look-ups that conditions need. */
export function lookUpIn(db: Queryable): LookUp {
  return {
    async patientIdsOf(rids, type) {
      const rows = await db.query<{ patient_id: string }>(
        `select patient_id
         from record.resource_key
         where rid = any($1::uuid[])
           and type = $2::smallint
         union
         select patient_id
         from record.former_key
         where rid = any($1::uuid[])
           and type = $2::smallint`,
        [rids, type],
        { name: 'search-patients-of' },
      );
      return rows.map((row) => row.patient_id);
    },

    async wordings(type, params, match, values) {
      if (values.length === 0) return [];
      const test = wordingTests[match];
      return db.query<{ token: string; value: string }>(
        `select token::text as token, value
         from record.token_text
         where type = $1::smallint
           and param = any($2::smallint[])
           and (${test})`,
        [type, params, match === 'is' ? values : values.map((value) => value.replace(/[\\%_]/g, '\\$&'))],
        { name: `search-wordings-${match}` },
      );
    },

    async units(text) {
      const rows = await db.query<{ token: string }>(
        `select token::text as token
         from record.token_text
         where type = 0
           and (value::jsonb ->> 1 = $1 or value::jsonb ->> 2 = $1)`,
        [text],
        { name: 'search-units' },
      );
      return rows.map((row) => row.token);
    },

    async unitsOfSystem(system, code) {
      const rows = await db.query<{ token: string }>(
        `select token::text as token
         from record.token_text
         where type = 0
           and value::jsonb ->> 0 = $1
           and value::jsonb ->> 1 = $2`,
        [system, code],
        { name: 'search-units-of-system' },
      );
      return rows.map((row) => row.token);
    },

    async listContent(rid) {
      // Two steps: keys and rows are spread by different columns.
      const type = typeNumber('List');
      const [key] = (await keysOf(db, [rid])).filter((one) => one.type === type);
      if (key === undefined) return undefined;
      const rows = await db.query<{ content: string }>(
        `select content
         from record.resource
         where patient_id = $1::uuid
           and type = $2::smallint
           and rid = $3::uuid
           and not deleted`,
        [key.patient_id, type, rid],
        { name: 'search-list' },
      );
      return rows[0]?.content;
    },
  };
}

const wordingTests = {
  is: 'value = any($3::text[])',
  start: `value like any(select v || '%' from unnest($3::text[]) v)`,
  word: `value like any(select v || '%' from unnest($3::text[]) v)
         or value like any(select '% ' || v || '%' from unnest($3::text[]) v)`,
};

/** How many current resources carry each token, for tokens that are counted. */
export async function talliesOf(db: Queryable, tokens: readonly string[]): Promise<Map<string, number>> {
  if (tokens.length === 0) return new Map();
  const rows = await db.query<{ token: string; n: number }>(
    `select token::text as token, sum(n)::bigint as n
     from record.tally
     where token = any($1::bigint[])
     group by token`,
    [tokens],
    { name: 'search-tallies' },
  );
  const found = new Map(rows.map((row) => [row.token, Number(row.n)]));
  return new Map(tokens.map((token) => [token, found.get(token) ?? 0]));
}

/** About how many values of the numbers asked for lie in the range, counted up to `most` in the index. */
export async function numbersUpTo(
  db: Queryable,
  type: string,
  condition: Extract<Condition, { is: 'numbers' }>,
  most: number,
): Promise<number> {
  const [from, to] = lowRange(condition.test);
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n
     from (
       select 1
       from record.search_number
       where type = $1::smallint
         and param = any($2::smallint[])
         and ($3::bigint[] is null or qualifier = any($3::bigint[]))
         and low >= $4::float8
         and low <= $5::float8
       limit $6
     ) s`,
    [typeNumber(type), condition.params, condition.qualifiers ?? null, from, to, most],
  );
  return row?.n ?? 0;
}

function lowRange({ prefix, low, high, value }: RangeTest): [number, number] {
  switch (prefix) {
    case 'gt':
    case 'ge':
    case 'sa':
      return [value, Infinity];
    case 'lt':
    case 'le':
    case 'eb':
      return [-Infinity, value];
    case 'ne':
      return [-Infinity, Infinity];
    default:
      return [low, high];
  }
}

/** Where resources are filed, by rid and type. */
export async function keysOf(
  db: Queryable,
  rids: readonly string[],
): Promise<{ rid: string; type: number; patient_id: string }[]> {
  return db.query(
    `select rid, type, patient_id
     from record.resource_key
     where rid = any($1::uuid[])`,
    [rids],
    { name: 'search-keys' },
  );
}

/** Current resources by rid, of any type. One join on one machine; two steps where keys and rows are spread apart. */
export async function currentByRid(db: Queryable, rids: readonly string[]): Promise<ResourceRow[]> {
  if (rids.length === 0) return [];
  const columns = 'r.patient_id, r.type, r.rid, r.version, r.last_updated, r.content';
  if (!db.distributed) {
    return db.query<ResourceRow>(
      `select ${columns}
       from record.resource_key k
       join record.resource r on r.patient_id = k.patient_id and r.type = k.type and r.rid = k.rid
       where k.rid = any($1::uuid[])
         and not r.deleted`,
      [rids],
      { name: 'search-current' },
    );
  }
  const keys = await keysOf(db, rids);
  if (keys.length === 0) return [];
  return db.query<ResourceRow>(
    `select ${columns}
     from record.resource r
     where r.patient_id = any($1::uuid[])
       and r.rid = any($2::uuid[])
       and not r.deleted`,
    [[...new Set(keys.map((key) => key.patient_id))], rids],
    { name: 'search-current-filed' },
  );
}

/** The creation number of a resource, deleted or not; undefined where there is none. */
export async function createdOf(db: Queryable, rid: string, type: number): Promise<string | undefined> {
  const keys = (await keysOf(db, [rid])).filter((key) => key.type === type);
  const rows = await db.query<{ created: string }>(
    `select created::text as created
     from record.resource
     where patient_id = any($1::uuid[])
       and type = $2::smallint
       and rid = $3::uuid`,
    [keys.map((key) => key.patient_id), type, rid],
    { name: 'search-created' },
  );
  return rows[0]?.created;
}
