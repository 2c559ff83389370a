import type { Queryable } from '../../platform/db/index.ts';
import type { Ring } from '../geography/rings.ts';
import type { Day } from '../types.ts';

export type AreaKind = 'lsoa' | 'ward' | 'local-authority' | 'region';

export type Area = {
  code: string;
  kind: AreaKind;
  name: string;
  wardCode: string | null;
  localAuthorityCode: string | null;
  regionCode: string | null;
};

const areaColumns = `code, kind, name, ward_code as "wardCode", local_authority_code as "localAuthorityCode",
            region_code as "regionCode"`;

/** Areas by their codes. */
export async function areasByCode(db: Queryable, codes: readonly string[]): Promise<Map<string, Area>> {
  const rows = await db.query<Area>(
    `select ${areaColumns}
     from organisations.area
     where code = any($1::text[])
       and withdrawn_by is null`,
    [codes],
    { name: 'organisations-areas' },
  );
  return new Map(rows.map((row) => [row.code, row]));
}

export type AreaQuery = {
  kind?: AreaKind | undefined;
  within?: string | undefined;
  codes?: string[] | undefined;
};

/** Areas in the order of their codes, after one. `within` is a local authority. */
export async function listAreas(
  db: Queryable,
  { kind, within, codes }: AreaQuery,
  page: { after: string; limit: number },
): Promise<Area[]> {
  return db.query<Area>(
    `select ${areaColumns}
     from organisations.area
     where withdrawn_by is null
       and ($1::text is null or kind = $1)
       and ($2::text is null or local_authority_code = $2)
       and ($3::text[] is null or code = any($3))
       and code > $4
     order by code
     limit $5`,
    [kind ?? null, within ?? null, codes ?? null, page.after, page.limit],
  );
}

/** Where a postcode lay on a day: the small area, or undefined. A terminated postcode still lies where it last did. */
export async function areaOfPostcode(db: Queryable, postcode: string, day: Day): Promise<string | undefined> {
  const [row] = await db.query<{ lsoa_code: string }>(
    `select lsoa_code
     from organisations.postcode
     where postcode = $1
       and withdrawn_by is null
       and (valid_from is null or valid_from <= $2)
     order by (valid_to is null or valid_to > $2) desc, valid_from desc nulls last
     limit 1`,
    [postcode, day],
    { name: 'organisations-postcode' },
  );
  return row?.lsoa_code;
}

/** The same for many postcodes at once. */
export async function areasOfPostcodes(
  db: Queryable,
  postcodes: readonly string[],
  day: Day,
): Promise<Map<string, string>> {
  const rows = await db.query<{ postcode: string; lsoa_code: string }>(
    `select postcode, lsoa_code
     from organisations.postcode
     where postcode = any($1::text[])
       and withdrawn_by is null
       and (valid_from is null or valid_from <= $2)
     order by (valid_to is null or valid_to > $2), valid_from nulls first`,
    [postcodes, day],
    { name: 'organisations-postcodes' },
  );
  return new Map(rows.map((row) => [row.postcode, row.lsoa_code]));
}

export type Deprivation = { area: string; year: number; decile: number; rank: number | null };

/** The newest deprivation of small areas, by code. */
export async function deprivationOf(
  db: Queryable,
  codes: readonly string[],
): Promise<Map<string, Deprivation>> {
  const rows = await db.query<Deprivation>(
    `select area_code as area, year, decile, rank
     from organisations.deprivation
     where area_code = any($1::text[])
       and withdrawn_by is null
     order by year`,
    [codes],
    { name: 'organisations-deprivation' },
  );
  return new Map(rows.map((row) => [row.area, row]));
}

/** People in each small area, by code: the newest count. */
export async function peopleIn(db: Queryable, codes: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.query<{ area: string; people: number }>(
    `select area_code as area, sum(people)::int as people
     from organisations.population
     where area_code = any($1::text[])
       and withdrawn_by is null
     group by area_code, year
     order by year`,
    [codes],
    { name: 'organisations-people' },
  );
  return new Map(rows.map((row) => [row.area, row.people]));
}

/** Boundaries by area code, the newest edition. */
export async function boundariesOf(db: Queryable, codes: readonly string[]): Promise<Map<string, Ring[]>> {
  const rows = await db.query<{ area_code: string; rings: Ring[] }>(
    `select area_code, rings
     from organisations.boundary
     where area_code = any($1::text[])
       and withdrawn_by is null
     order by edition`,
    [codes],
  );
  return new Map(rows.map((row) => [row.area_code, row.rings]));
}

/** People and newest decile of every small area. */
export async function areaFigures(
  db: Queryable,
): Promise<Map<string, { decile: number | null; people: number | null }>> {
  const people = await db.query<{ area: string; people: number }>(
    `select area_code as area, sum(people)::int as people
     from organisations.population
     where withdrawn_by is null
     group by area_code, year
     order by year`,
  );
  const deciles = await db.query<{ area: string; decile: number }>(
    `select area_code as area, decile
     from organisations.deprivation
     where withdrawn_by is null
     order by year`,
  );
  const figures = new Map(
    people.map((row) => [row.area, { decile: null as number | null, people: row.people as number | null }]),
  );
  for (const { area, decile } of deciles)
    figures.set(area, { people: figures.get(area)?.people ?? null, decile });
  return figures;
}
