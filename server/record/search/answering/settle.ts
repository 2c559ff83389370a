import type { Queryable } from '../../../platform/db/index.ts';
import { and, none, not, or, type Condition } from '../conditions/types.ts';
import { toRid } from '../conditions/references.ts';
import { referencesIn } from '../extraction/found.ts';
import { typeNumber } from '../../resource-types.ts';
import { homeOf, ridOf } from '../../rid.ts';
import type { Resource, StoredResource } from '../../types.ts';
import { ownerKey } from '../parameters/owner.ts';
import type { Reader } from '../sql/bindings.ts';
import { carriersStatement, innerStatement } from '../sql/page.ts';
import { keysOf } from '../store.ts';
import { plannedOnce } from './planned-once.ts';

/** Up to so many rows of another type are listed first; beyond it the database joins. */
const few = 1000;

/** Lists all rows of a type that fulfil a condition and that whoever asks may have listed. */
export type ListSeen = (type: string, condition: Condition) => Promise<StoredResource[]>;

/** With `seen` every condition on other resources is replaced, however many rows it comes to: only what is seen leads anywhere. */
type Settle = { db: Queryable; reader: Reader; seen?: ListSeen | undefined };

/**
 * Replaces conditions on other resources by the patients or rows they come to, wherever these are few. What remains is
 * joined by the database.
 */
export async function settle(to: Settle, condition: Condition): Promise<Condition> {
  switch (condition.is) {
    case 'and':
      return and(await Promise.all(condition.of.map((one) => settle(to, one))));
    case 'or':
      return or(await Promise.all(condition.of.map((one) => settle(to, one))));
    case 'not':
      return not(await settle(to, condition.of));
    case 'ofPatient':
      return byPatients(to, { ...condition, of: await settle(to, condition.of) }, 'Patient');
    case 'hasOwn':
      return byPatients(to, { ...condition, of: await settle(to, condition.of) }, condition.type);
    case 'to':
      return byTargets(to, { ...condition, of: await settle(to, condition.of) });
    case 'from':
      return bySources(to, { ...condition, of: await settle(to, condition.of) });
    default:
      return condition;
  }
}

async function byPatients(
  to: Settle,
  condition: Extract<Condition, { is: 'ofPatient' | 'hasOwn' }>,
  type: string,
): Promise<Condition> {
  if (condition.of.is === 'none') return none;
  if (to.seen !== undefined) {
    const seen = await to.seen(type, condition.of);
    return seen.length === 0
      ? none
      : { is: 'patients', any: [...new Set(seen.map(({ patientId }) => patientId))] };
  }
  const carriers = carriersStatement(condition.of, few + 1, to.reader);
  const rows =
    carriers === undefined
      ? await listed<{ patient_id: string }>(to, type, condition.of, 'r.patient_id')
      : await to.db.query<{ patient_id: string }>(carriers.text, carriers.values, {
          name: 'search-carriers',
        });
  if (rows.length > few) return condition;
  return rows.length === 0 ? none : { is: 'patients', any: [...new Set(rows.map((row) => row.patient_id))] };
}

async function byTargets(to: Settle, condition: Extract<Condition, { is: 'to' }>): Promise<Condition> {
  if (condition.of.is === 'none') return none;
  if (to.seen !== undefined) {
    const seen = await to.seen(condition.type, condition.of);
    return joined(
      seen.map(({ id, patientId }) => toRid(condition.param, condition.type, ridOf(id), [patientId])),
    );
  }
  const rows = await listed<{ rid: string; patient_id: string }>(
    to,
    condition.type,
    condition.of,
    'r.rid, r.patient_id',
  );
  if (rows.length > few) return condition;
  const one = rows.map((row) => toRid(condition.param, condition.type, row.rid, [row.patient_id]));
  return joined(one);
}

/** Many single references asked for together. */
function joined(parts: Condition[]): Condition {
  const tokens: string[] = [];
  const patients = new Set<string>();
  const hashes: string[] = [];
  for (const part of parts.flatMap((one) => (one.is === 'or' ? one.of : [one]))) {
    if (part.is === 'tokens') tokens.push(...part.any);
    if (part.is !== 'refs') continue;
    hashes.push(...part.any);
    for (const patient of part.patients) patients.add(patient);
  }
  if (tokens.length === 0) return none;
  return or([
    { is: 'tokens', any: tokens },
    ...(hashes.length === 0 ? [] : [{ is: 'refs' as const, any: hashes, patients: [...patients] }]),
  ]);
}

async function bySources(to: Settle, condition: Extract<Condition, { is: 'from' }>): Promise<Condition> {
  if (condition.of.is === 'none') return none;
  const rows =
    (await to.seen?.(condition.type, condition.of)) ??
    (await listed<{ content: string }>(to, condition.type, condition.of, 'r.content'));
  if (to.seen === undefined && rows.length > few) return condition;
  const ids = new Set<string>();
  for (const row of rows) {
    for (const found of referencesIn(condition.param, JSON.parse(row.content) as Resource)) {
      if (found.type === condition.target) ids.add(found.id);
    }
  }
  if (ids.size === 0) return none;
  const rids = [...ids].map((id) => ridOf(id));
  const patients = await homesOf(to.db, condition.target, [...ids], rids);
  return patients.length === 0 ? none : { is: 'rows', rids, patients };
}

async function homesOf(db: Queryable, type: string, ids: string[], rids: string[]): Promise<string[]> {
  if (type === 'Patient' || ownerKey(type) === undefined) return ids.map((id) => homeOf(type, id));
  const keys = await keysOf(db, rids);
  return [...new Set(keys.filter((key) => key.type === typeNumber(type)).map((key) => key.patient_id))];
}

function listed<Row>(to: Settle, type: string, condition: Condition, columns: string): Promise<Row[]> {
  const statement = innerStatement(type, condition, columns, few + 1, to.reader);
  return to.db.query<Row>(statement.text, statement.values, plannedOnce(statement.text, condition));
}
