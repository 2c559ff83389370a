import type { Queryable } from '../../platform/db/index.ts';
import type { PersonFacts, PersonId, Seal, UserId } from '../types.ts';
import { rulesSubject, versionsOf, type Versions } from './versions.ts';

/** What is known of a person besides what they are: the part of it that this room keeps. */
export type KeptFacts = Pick<
  PersonFacts,
  'relationships' | 'choices' | 'proxies' | 'glass' | 'recorded' | 'employers'
> & { seals: ReadonlyMap<string, Seal> };

/** A person, with all patients they are. */
export type Named = { person: PersonId; patientIds: readonly string[] };

/** One reading: what is kept of people, and the versions that tell whether what is held in memory still stands. */
export type Reading = Versions & { facts: ReadonlyMap<PersonId, KeptFacts> };

const span = `'from', extract(epoch from valid_from) * 1000, 'to', extract(epoch from valid_to) * 1000`;
const current = 'where patient_id = any($1::uuid[]) and recorded_to is null';

/** Each part: the facts of one table, or a version. One statement, so that all are of one moment. */
const statement = `
  select patient_id::text as of, 'relationships' as part, json_build_object('id', fact_id, 'kind', kind,
    'organisation', organisation_id, 'team', team, 'user', user_id, 'evidence', evidence, ${span}) as body
  from access.relationship ${current}
  union all
  select patient_id::text, 'choices', json_build_object('kind', kind, 'organisation', organisation_id, 'user', user_id,
    'project', project, ${span})
  from access.choice ${current}
  union all
  select patient_id::text, 'proxies', json_build_object('proxy', proxy_id, 'kind', kind, 'classes', classes, ${span})
  from access.proxy ${current}
  union all
  select patient_id::text, 'recorded', json_build_object('kind', kind, ${span})
  from access.recorded_decision ${current}
  union all
  select patient_id::text, 'glass', json_build_object('user', user_id, 'reason', reason, ${span})
  from access.glass ${current}
  union all
  select patient_id::text, 'seals', json_build_object('resource', resource_type || '/' || resource_id, 'level', level,
    'organisation', organisation_id, 'team', team, ${span})
  from access.seal ${current}
  union all
  select person_id, 'employers', to_json(organisation_id)
  from access.post
  where person_id = any($2::text[])
    and recorded_to is null
    and valid_from <= $4
    and (valid_to is null or valid_to > $4)
  union all
  select '', case subject_id when $5 then 'rulesVersion' else 'userVersion' end, to_json(version)
  from access.version
  where subject_id in ($3, $5)`;

type Row = { of: string; part: string; body: unknown };
type SealRow = Seal & { resource: string; from: number; to: number | null };

/** Reads in one round trip what decides whether a user may see people, under all patients they are. */
export async function readFacts(
  db: Queryable,
  userId: UserId,
  people: readonly Named[],
  at: number,
): Promise<Reading> {
  if (people.length === 0) return { facts: new Map(), ...(await versionsOf(db, userId)) };
  const rows = await db.query<Row>(
    statement,
    [
      people.flatMap(({ patientIds }) => patientIds),
      people.map(({ person }) => person),
      userId,
      new Date(at),
      rulesSubject,
    ],
    { name: 'access-facts' },
  );
  const personOf = new Map(people.flatMap(({ person, patientIds }) => patientIds.map((id) => [id, person])));
  const rowsOf = Map.groupBy(rows, ({ of, part }) => (part === 'employers' ? of : personOf.get(of)));
  const version = (name: string): number => Number(rows.find(({ part }) => part === name)?.body ?? 0);
  return {
    facts: new Map(people.map(({ person }) => [person, factsIn(rowsOf.get(person), at)])),
    userVersion: version('userVersion'),
    rulesVersion: version('rulesVersion'),
  };
}

const nothing: KeptFacts = {
  relationships: [],
  choices: [],
  proxies: [],
  glass: [],
  recorded: [],
  employers: [],
  seals: new Map(),
};

function factsIn(rows: readonly Row[] | undefined, at: number): KeptFacts {
  if (rows === undefined) return nothing;
  const part = <Each>(name: string): Each[] =>
    rows.filter((row) => row.part === name).map(({ body }) => body as Each);
  return {
    relationships: part('relationships'),
    choices: part('choices'),
    proxies: part('proxies'),
    glass: part('glass'),
    recorded: part('recorded'),
    employers: part('employers'),
    seals: sealsIn(part<SealRow>('seals'), at),
  };
}

/** Seals that hold. Where several lie on one item, a lock counts before a seal. */
function sealsIn(seals: readonly SealRow[], at: number): ReadonlyMap<string, Seal> {
  return new Map(
    seals
      .filter((seal) => seal.from <= at && (seal.to === null || at < seal.to))
      .toSorted((a, b) => Number(a.level === 'locked') - Number(b.level === 'locked'))
      .map(({ resource, level, organisation, team }) => [resource, { level, organisation, team }]),
  );
}
