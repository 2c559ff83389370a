import { typeNumber } from '../../resource-types.ts';
import type { Visible } from './bindings.ts';

/**
 * Rows of these patients, and rows filed under nobody, which have no Patient beside them. Of a search over all people this leaves
 * what may be listed at all, before anything is read of it.
 */
export function withinReach(patientIds: readonly string[]): Visible {
  const ids = `{${patientIds.join(',')}}`;
  return (r, bindings, type) => {
    const own = `${r}.patient_id = any(${bindings.add(ids, 'uuid[]')})`;
    if (type === 'Patient') return own;
    const p = bindings.alias();
    return `${own} or not exists (
      select 1
      from record.resource ${p}
      where ${p}.patient_id = ${r}.patient_id
        and ${p}.type = ${typeNumber('Patient')}
        and not ${p}.deleted)`;
  };
}
