import type { Queryable, Tx } from '../../platform/db/index.ts';
import { odsSystem, organisationIdOf, type Identifier } from '../names.ts';
import { Problem } from '../../platform/errors.ts';
import type { OrganisationId } from '../types.ts';

/**
 * The ids of organisations, found by any of their identifiers; those nobody knows yet get one. All identifiers given for an organisation
 * are kept as its own.
 */
export async function identify(
  tx: Tx,
  named: readonly { key: string; identifiers: readonly Identifier[] }[],
  saidBy: string,
): Promise<Map<string, OrganisationId>> {
  const known = await identified(
    tx,
    named.flatMap((each) => each.identifiers),
  );
  const ids = new Map<string, OrganisationId>();
  const newOnes = new Set<OrganisationId>();
  const rows: (Identifier & { organisation_id: string })[] = [];
  for (const { key, identifiers } of named) {
    const meant = new Set(
      identifiers.map((each) => known.get(identifierKey(each))).filter((id) => id !== undefined),
    );
    if (meant.size > 1) throw twoOrganisations(identifiers);
    const [held] = meant;
    const id =
      held ?? organisationIdOf(identifiers.find((each) => each.system === odsSystem) ?? identifiers[0]!);
    if (held === undefined) newOnes.add(id);
    ids.set(key, id);
    for (const each of identifiers) {
      if (known.has(identifierKey(each))) continue;
      known.set(identifierKey(each), id);
      rows.push({ ...each, organisation_id: id });
    }
  }
  await tx.query(
    `insert into organisations.organisation (organisation_id, said_by)
     select id, $2 from unnest($1::uuid[]) as id
     on conflict do nothing`,
    [[...newOnes], saidBy],
  );
  await tx.query(
    `insert into organisations.identifier (system, value, organisation_id, said_by)
     select system, value, organisation_id, $2
     from jsonb_to_recordset($1::jsonb) as x (system text, value text, organisation_id uuid)`,
    [JSON.stringify(rows), saidBy],
  );
  return ids;
}

export const identifierKey = ({ system, value }: Identifier): string => `${system} ${value}`;

/** Which organisations these identifiers mean. */
export async function identified(
  tx: Queryable,
  identifiers: readonly Identifier[],
): Promise<Map<string, OrganisationId>> {
  const rows = await tx.query<Identifier & { organisation_id: string }>(
    `select i.system, i.value, i.organisation_id
     from organisations.identifier i
     join jsonb_to_recordset($1::jsonb) as x (system text, value text)
       on x.system = i.system and x.value = i.value`,
    [JSON.stringify(identifiers.map(({ system, value }) => ({ system, value })))],
    { name: 'organisations-identified' },
  );
  return new Map(rows.map((row) => [identifierKey(row), row.organisation_id]));
}

const twoOrganisations = (identifiers: readonly Identifier[]): Problem =>
  new Problem(
    'organisations/two-organisations',
    409,
    'These identifiers belong to two organisations that are known already.',
    {
      place: identifiers.map(({ value }) => value).join(', '),
      wayOut: 'Put the codes right. If the two became one, say so as a merge.',
    },
  );

/** Every organisation that has an identifier of a system, by its value. */
export async function identifiersOf(tx: Queryable, system: string): Promise<Map<string, OrganisationId>> {
  const rows = await tx.query<{ value: string; organisation_id: string }>(
    `select value, organisation_id from organisations.identifier where system = $1`,
    [system],
  );
  return new Map(rows.map((row) => [row.value, row.organisation_id]));
}

/** Which of these codes mean areas that another source describes. */
export async function areasOfOthers(
  tx: Queryable,
  areaCodes: readonly string[],
  source: string,
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select distinct a.code
     from organisations.area a
     join organisations.delivery d on d.delivery_id = a.said_by
     where a.code = any($1::text[])
       and a.withdrawn_by is null
       and d.source <> $2`,
    [areaCodes, source],
  );
  return rows.map(({ code }) => code);
}

/** Which of these are codes of small areas. */
export async function areasNamed(tx: Queryable, areaCodes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ code: string }>(
    `select distinct code
     from organisations.area
     where code = any($1::text[])
       and kind = 'lsoa'
       and withdrawn_by is null`,
    [areaCodes],
  );
  return new Set(rows.map(({ code }) => code));
}
