import type { Queryable } from '../../../platform/db/index.ts';
import type { Include } from '../asking/types.ts';
import { toRid } from '../conditions/references.ts';
import { or, type Condition } from '../conditions/types.ts';
import { canonicalsIn, referencesIn } from '../extraction/found.ts';
import { variant } from '../hash.ts';
import { token } from '../conditions/tokens.ts';
import type { Param, TypeParams } from '../parameters/types.ts';
import { typeName, typeNumber } from '../../resource-types.ts';
import { homeOf, ridOf } from '../../rid.ts';
import { storedOf, type ResourceRow } from '../../stored-row.ts';
import { ownerKey } from '../parameters/owner.ts';
import type { Dependence, Issue, Resource, StoredResource } from '../../types.ts';
import type { Reader } from '../sql/bindings.ts';
import { innerStatement, keyedStatement } from '../sql/page.ts';
import { statementName } from '../sql/names.ts';
import { currentByRid, keysOf } from '../store.ts';
import { dependenceOf, joined } from './dependence.ts';
import { plannedOnce } from './planned-once.ts';
import { askedBy, plainly, type Asked, type Sight } from './sight.ts';

type Reach = {
  db: Queryable;
  reader: Reader;
  params(type: string): TypeParams;
  resourceTypes: readonly string[];
  /** What whoever asks sees; without it everything. */
  seen?: SeenReach | undefined;
};

/** Lists at most so many rows that may be listed, in the form they may be seen in. */
type SeenReach = {
  sight: Sight;
  rows(type: string, condition: Condition, asked: Asked, most: number): Promise<StoredResource[]>;
};

const mostIncluded = 5_000;
const mostRounds = 10;
const columns = 'r.patient_id, r.type, r.rid, r.version, r.last_updated, r.content';

/** `dependsOn` is what the included resources were found by; undefined where that cannot be said in few words. */
export type Included = {
  included: StoredResource[];
  outcomes: Issue[];
  dependsOn: Dependence | undefined;
};

type Found = { resources: StoredResource[]; dependsOn: Dependence | undefined };

/** The resources that matches refer to or are referred to by, each once, and a warning when there were too many. */
export async function includesOf(
  reach: Reach,
  matches: readonly StoredResource[],
  includes: readonly Include[],
  revincludes: readonly Include[],
): Promise<Included> {
  const seen = new Set(matches.map((one) => `${one.type}/${one.id}`));
  const included: StoredResource[] = [];
  const dependences: (Dependence | undefined)[] = [];
  let round: readonly StoredResource[] = matches;
  for (let depth = 0; depth < mostRounds && round.length > 0; depth++) {
    const forward = depth === 0 ? includes : includes.filter((one) => one.iterate);
    const back = depth === 0 ? revincludes : revincludes.filter((one) => one.iterate);
    if (forward.length === 0 && back.length === 0) break;
    const parts = await Promise.all([referredTo(reach, round, forward), referring(reach, round, back)]);
    dependences.push(...parts.map((part) => part.dependsOn));
    const fresh = parts
      .flatMap((part) => part.resources)
      .filter((one) => !seen.has(`${one.type}/${one.id}`) && seen.add(`${one.type}/${one.id}`))
      .sort(byTypeAndId);
    included.push(...fresh.slice(0, mostIncluded - included.length));
    if (included.length >= mostIncluded) return { included, outcomes: [tooMany()], dependsOn: undefined };
    round = fresh;
  }
  return { included, outcomes: [], dependsOn: joined(dependences) };
}

/** One order each time it is asked: machines of a cluster answer in any. */
function byTypeAndId(a: StoredResource, b: StoredResource): number {
  if (a.type !== b.type) return a.type < b.type ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function tooMany(): Issue {
  return {
    severity: 'warning',
    code: 'too-costly',
    path: '_include',
    text: `Only the first ${mostIncluded} included resources are in this page. Ask for fewer with _count.`,
  };
}

async function referredTo(
  reach: Reach,
  from: readonly StoredResource[],
  includes: readonly Include[],
): Promise<Found> {
  if (includes.length === 0) return foundNothing;
  const wanted = new Map<string, Wanted>();
  const canonicals = new Map<string, Set<string>>();
  for (const stored of from) {
    const asked = includes.filter((include) => include.type === stored.type);
    if (asked.length === 0) continue;
    const resource = JSON.parse(stored.content) as Resource;
    for (const include of asked) {
      for (const param of paramsOf(reach, include)) {
        for (const { type, id } of referencesIn(param, resource)) {
          if (include.target === undefined || include.target === type)
            wanted.set(`${ridOf(id)}/${typeNumber(type)}`, { type, id });
        }
        for (const url of canonicalsIn(param, resource)) addCanonical(canonicals, include, param, url);
      }
    }
  }
  const resources = await current(reach, wanted);
  if (canonicals.size === 0) return { resources, dependsOn: placesOf(wanted, resources) };
  return { resources: [...resources, ...(await byCanonical(reach, canonicals))], dependsOn: undefined };
}

type Wanted = { type: string; id: string };

const foundNothing: Found = { resources: [], dependsOn: { patients: [], tokens: [] } };

/** Where what was wanted is filed, or would be; undefined when nobody can say where something would be. */
function placesOf(
  wanted: ReadonlyMap<string, Wanted>,
  found: readonly StoredResource[],
): Dependence | undefined {
  const places = new Map(found.map((one) => [`${ridOf(one.id)}/${typeNumber(one.type)}`, one.patientId]));
  const patients = new Set<string>();
  for (const [key, { type, id }] of wanted) {
    const place = places.get(key) ?? (ownerKey(type) === undefined ? homeOf(type, id) : undefined);
    if (place === undefined) return undefined;
    patients.add(place);
  }
  return joined([{ patients: [...patients], tokens: [] }]);
}

function addCanonical(into: Map<string, Set<string>>, include: Include, param: Param, url: string): void {
  for (const target of param.targets) {
    if (include.target !== undefined && include.target !== target) continue;
    const urls = into.get(target) ?? new Set<string>();
    into.set(target, urls.add(url.split('|')[0]!));
  }
}

function paramsOf(reach: Reach, include: Include): readonly Param[] {
  const params = reach.params(include.type);
  if (include.code !== '*') return [params.byCode.get(include.code)!];
  return params.all.filter((param) => param.kind === 'reference');
}

/** Current resources by `rid/type number`. One join on one machine; two steps where keys and rows are spread apart. */
async function current(reach: Reach, wanted: ReadonlyMap<string, Wanted>): Promise<StoredResource[]> {
  if (wanted.size === 0) return [];
  const rids = [...new Set([...wanted.values()].map(({ id }) => ridOf(id)))];
  if (reach.seen !== undefined) {
    const rows = (await currentByRid(reach.db, rids)).filter((row) => wanted.has(`${row.rid}/${row.type}`));
    const shown = await reach.seen.sight.shows(rows.map(storedOf), 'search', plainly);
    return shown.filter((row) => row !== undefined);
  }
  if (!reach.reader.distributed) {
    const { text, values } = keyedStatement(rids, columns, reach.reader);
    const name = statementName(text);
    const rows = await reach.db.query<ResourceRow>(text, values, name === undefined ? {} : { name });
    return rows.filter((row) => wanted.has(`${row.rid}/${row.type}`)).map((row) => storedOf(row));
  }
  const keys = await keysOf(reach.db, rids);
  const byType = new Map<number, { rids: string[]; patients: Set<string> }>();
  for (const key of keys) {
    if (!wanted.has(`${key.rid}/${key.type}`)) continue;
    const group = byType.get(key.type) ?? { rids: [], patients: new Set<string>() };
    group.rids.push(key.rid);
    group.patients.add(key.patient_id);
    byType.set(key.type, group);
  }
  const found = await Promise.all(
    [...byType].map(([type, group]) =>
      rowsWith(
        reach,
        typeName(type),
        { is: 'rows', rids: group.rids, patients: [...group.patients] },
        plainly,
      ),
    ),
  );
  return found.flat();
}

async function byCanonical(
  reach: Reach,
  wanted: ReadonlyMap<string, Set<string>>,
): Promise<StoredResource[]> {
  const found = await Promise.all(
    [...wanted].map(([type, urls]) => {
      const param = reach.params(type).byCode.get('url');
      if (param === undefined) return [];
      return rowsWith(reach, type, or([...urls].map((url) => token(param, variant.uri, '', url))), plainly);
    }),
  );
  return found.flat();
}

async function referring(
  reach: Reach,
  to: readonly StoredResource[],
  includes: readonly Include[],
): Promise<Found> {
  const found: StoredResource[] = [];
  const dependences: (Dependence | undefined)[] = [];
  for (const include of includes) {
    const targets = to.filter((one) => include.target === undefined || include.target === one.type);
    for (const param of paramsOf(reach, include)) {
      const condition = referringTo(param, targets);
      if (condition.is === 'none') continue;
      found.push(...(await rowsWith(reach, include.type, condition, askedBy(include, param))));
      dependences.push(dependenceOf(condition));
    }
  }
  return { resources: found, dependsOn: joined(dependences) };
}

/** Refers to one of these resources: hashes asked for together, and patients by their ranges. */
function referringTo(param: Param, targets: readonly StoredResource[]): Condition {
  const patients: string[] = [];
  const homes = new Set<string>();
  const hashes: string[] = [];
  for (const member of param.members) {
    for (const target of targets) {
      const rid = ridOf(target.id);
      if (member.owner && target.type === 'Patient') {
        patients.push(rid);
        continue;
      }
      const condition = toRid(member, target.type, rid, []);
      if (condition.is === 'tokens') hashes.push(...condition.any);
      homes.add(target.patientId);
    }
  }
  return or([
    ...(patients.length === 0 ? [] : [{ is: 'patients' as const, any: patients }]),
    ...(hashes.length === 0
      ? []
      : [
          { is: 'tokens' as const, any: hashes },
          { is: 'refs' as const, any: hashes, patients: [...homes] },
        ]),
  ]);
}

async function rowsWith(
  reach: Reach,
  type: string,
  condition: Condition,
  asked: Asked,
): Promise<StoredResource[]> {
  if (reach.seen !== undefined) return reach.seen.rows(type, condition, asked, mostIncluded + 1);
  const statement = innerStatement(type, condition, columns, mostIncluded + 1, reach.reader);
  const options = plannedOnce(statement.text, condition);
  const rows = await reach.db.query<ResourceRow>(statement.text, statement.values, options);
  return rows.map((row) => storedOf(row));
}
