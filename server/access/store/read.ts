import type { Queryable } from '../../platform/db/index.ts';
import type { PersonFacts, PersonId, Seal, UserId } from '../types.ts';
import { rulesSubject } from './versions.ts';

/** What is known of a person besides what they are: the part of it that this room keeps. */
export type KeptFacts = Pick<
  PersonFacts,
  'relationships' | 'choices' | 'proxies' | 'glass' | 'recorded' | 'employers'
> & { seals: ReadonlyMap<string, Seal> };

/** One reading: what is kept of a person, and the versions that tell whether what is held in memory still stands. */
export type Reading = { facts: KeptFacts; userVersion: number; rulesVersion: number };

const span = `'from', extract(epoch from valid_from) * 1000, 'to', extract(epoch from valid_to) * 1000`;
const current = 'where patient_id = any($1::uuid[]) and recorded_to is null';

/** Each part: the facts of one table, or a version. One statement, so that all are of one moment. */
const statement = `
  select 'relationships' as part, json_build_object('id', fact_id, 'kind', kind, 'organisation', organisation_id,
    'team', team, 'user', user_id, 'evidence', evidence, ${span}) as body
  from access.relationship ${current}
  union all
  select 'choices', json_build_object('kind', kind, 'organisation', organisation_id, 'user', user_id, 'project', project, ${span})
  from access.choice ${current}
  union all
  select 'proxies', json_build_object('proxy', proxy_id, 'kind', kind, 'classes', classes, ${span})
  from access.proxy ${current}
  union all
  select 'recorded', json_build_object('kind', kind, ${span})
  from access.recorded_decision ${current}
  union all
  select 'glass', json_build_object('user', user_id, 'reason', reason, ${span})
  from access.glass ${current}
  union all
  select 'seals', json_build_object('resource', resource_type || '/' || resource_id, 'level', level,
    'organisation', organisation_id, 'team', team, ${span})
  from access.seal ${current}
  union all
  select 'employers', to_json(organisation_id)
  from access.post
  where person_id = $2
    and recorded_to is null
    and valid_from <= $4
    and (valid_to is null or valid_to > $4)
  union all
  select case subject_id when $5 then 'rulesVersion' else 'userVersion' end, to_json(version)
  from access.version
  where subject_id in ($3, $5)`;

type SealRow = Seal & { resource: string; from: number; to: number | null };

/** Reads in one round trip what decides whether a user may see a person, under all patients the person is. */
export async function readFacts(
  db: Queryable,
  userId: UserId,
  person: PersonId,
  patientIds: readonly string[],
  at: number,
): Promise<Reading> {
  const rows = await db.query<{ part: string; body: unknown }>(
    statement,
    [patientIds, person, userId, new Date(at), rulesSubject],
    { name: 'access-facts' },
  );
  const part = <Each>(name: string): Each[] =>
    rows.filter((row) => row.part === name).map(({ body }) => body as Each);
  const seals = part<SealRow>('seals').filter(
    (seal) => seal.from <= at && (seal.to === null || at < seal.to),
  );
  return {
    facts: {
      relationships: part('relationships'),
      choices: part('choices'),
      proxies: part('proxies'),
      glass: part('glass'),
      recorded: part('recorded'),
      employers: part('employers'),
      seals: new Map(
        seals
          .toSorted((a, b) => Number(a.level === 'locked') - Number(b.level === 'locked'))
          .map(({ resource, level, organisation, team }) => [resource, { level, organisation, team }]),
      ),
    },
    userVersion: part<number>('userVersion')[0] ?? 0,
    rulesVersion: part<number>('rulesVersion')[0] ?? 0,
  };
}
