import type { Condition } from '../conditions/types.ts';
import { referenceConstant } from '../extraction/references.ts';
import { toBigInt } from '../hash.ts';
import { ownerKey } from '../parameters/owner.ts';
import type { Param } from '../parameters/types.ts';
import { typeName } from '../../resource-types.ts';
import { exists } from './exists.ts';
import type { Emit, Form } from './types.ts';

/**
 * References are hashes, so SQL works them out from the target's rid: its last 64 bits xor a constant, lowest bit zero.
 * A reference within one patient may stand in `refs`, which no index holds, so these joins go by patient_id.
 */
function hashOf(to: Emit, row: string, param: Param, target: string): string {
  const { hi, lo } = referenceConstant(param, target);
  const constant = to.bindings.add(toBigInt(hi, lo).toString(), 'bigint');
  return `(((('x' || encode(substr(uuid_send(${row}.rid), 9, 8), 'hex'))::bit(64)::bigint) # ${constant}) & -2)`;
}

function inPatient(type: string): boolean {
  return type === 'Patient' || ownerKey(type) !== undefined;
}

/** Rows that refer to a row of another type. */
export function toLink(
  to: Emit,
  condition: Extract<Condition, { is: 'to' }>,
  r: string,
  type: number,
  form: Form,
): string {
  const c = to.bindings.alias();
  const where = to.rowsWhere(to, condition.of, c, condition.type, 'find');
  const hash = hashOf(to, c, condition.param, condition.type);
  const anywhere = `${r}.tokens && array(select ${hash} from record.resource ${c} where ${where})`;
  const within = inPatient(condition.type) && inPatient(typeName(type));
  if (!within) return form === 'find' ? `(${anywhere})` : `((${anywhere}) is true)`;
  return `((${anywhere}) or ${samePatient(to, condition, r, type, form)})`;
}

function samePatient(
  to: Emit,
  condition: Extract<Condition, { is: 'to' }>,
  r: string,
  type: number,
  form: Form,
): string {
  const c = to.bindings.alias();
  const where = to.rowsWhere(to, condition.of, c, condition.type, 'find');
  const hash = hashOf(to, c, condition.param, condition.type);
  if (form === 'test') {
    return exists(
      to,
      `record.resource ${c}
      where ${c}.patient_id = ${r}.patient_id and ${r}.refs @> array[${hash}] and ${where}`,
    );
  }
  const x = to.bindings.alias();
  return `(${r}.patient_id, ${r}.rid) in (
    select ${x}.patient_id, ${x}.rid
    from record.resource ${c}
    join record.resource ${x} on ${x}.patient_id = ${c}.patient_id
    where ${where}
      and ${x}.type = ${to.bindings.add(type, 'smallint')}
      and ${x}.refs @> array[${hash}])`;
}

/** Rows that a row of another type refers to. */
export function fromLink(
  to: Emit,
  condition: Extract<Condition, { is: 'from' }>,
  r: string,
  type: number,
  form: Form,
): string {
  const { bindings } = to;
  const c = bindings.alias();
  const where = to.rowsWhere(to, condition.of, c, condition.type, 'find');
  const hash = hashOf(to, r, condition.param, condition.target);
  const anywhere = `${hash} in (select unnest(${c}.tokens) from record.resource ${c} where ${where})`;
  if (!inPatient(condition.type) || !inPatient(condition.target)) return `(${anywhere})`;
  const o = bindings.alias();
  const inner = to.rowsWhere(to, condition.of, o, condition.type, 'find');
  if (form === 'test') {
    const same = exists(
      to,
      `record.resource ${o}
      where ${o}.patient_id = ${r}.patient_id and ${o}.refs @> array[${hash}] and ${inner}`,
    );
    return `((${same}) or (${anywhere}))`;
  }
  const x = bindings.alias();
  const same = `(${r}.patient_id, ${r}.rid) in (
    select ${x}.patient_id, ${x}.rid
    from record.resource ${o}
    join record.resource ${x} on ${x}.patient_id = ${o}.patient_id
    where ${inner}
      and ${x}.type = ${bindings.add(type, 'smallint')}
      and ${o}.refs @> array[${hashOf(to, x, condition.param, condition.target)}])`;
  return `((${same}) or (${anywhere}))`;
}
