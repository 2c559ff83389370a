import { CopyRows, uuidList, type Tx } from '../../platform/db/index.ts';
import { toBigInt } from '../search/index.ts';

const gaining = (rows: string): string =>
  `insert into record.patient_combination (patient_id, combination)
   ${rows}
   on conflict (patient_id, combination) do nothing`;

const gainingFromArrays = gaining('select * from unnest($1::uuid[], $2::bigint[])');

/** On Citus a few rows go faster as values, which need not pass the coordinator. */
const mostValues = 500;
const valuesOf = (rows: number): string =>
  `values ${Array.from({ length: rows }, (_, index) => `($${2 * index + 1}::uuid, $${2 * index + 2}::bigint)`).join(', ')}`;

/** Gathers, over a transaction, which patients come to carry which combinations, and which may have stopped. */
export class Carriers {
  /** Patient, then high half, then low halves. */
  readonly #gained = new Map<string, Map<number, Set<number>>>();
  /** Patient, then combinations as signed 64-bit text. */
  readonly #lost = new Map<string, Set<string>>();

  gain(patientId: string, high: number, low: number): void {
    let highs = this.#gained.get(patientId);
    if (highs === undefined) this.#gained.set(patientId, (highs = new Map()));
    const lows = highs.get(high);
    if (lows === undefined) highs.set(high, new Set([low]));
    else lows.add(low);
  }

  /** A row of the patient that carried this combination is replaced or deleted. */
  lose(patientId: string, combination: string): void {
    const lost = this.#lost.get(patientId);
    if (lost === undefined) this.#lost.set(patientId, new Set([combination]));
    else lost.add(combination);
  }

  /** Rows of patients that have none yet: they can be copied. */
  rowsOfNew(isNew: (patientId: string) => boolean): CopyRows {
    const rows = new CopyRows();
    this.#forEachGained((patientId, high, low) => {
      if (!isNew(patientId)) return;
      rows.startRow(2);
      rows.uuid(patientId);
      rows.int8Halves(high, low);
    });
    return rows;
  }

  /** Adds the combinations of patients that have some already, and takes away those no row of theirs carries any more. */
  write(tx: Tx, isNew: (patientId: string) => boolean): void {
    const patientIds: string[] = [];
    const combinations: string[] = [];
    this.#forEachGained((patientId, high, low) => {
      if (isNew(patientId)) return;
      patientIds.push(patientId);
      combinations.push(toBigInt(high, low).toString());
    });
    if (patientIds.length > 0) {
      if (tx.distributed && patientIds.length <= mostValues) {
        tx.send(
          gaining(valuesOf(patientIds.length)),
          patientIds.flatMap((id, index) => [id, combinations[index]]),
        );
      } else
        tx.send(gainingFromArrays, [uuidList(patientIds), `{${combinations.join(',')}}`], {
          name: 'record-gain-combinations',
        });
    }
    const lost = [...this.#lost].flatMap(([patientId, some]) =>
      [...some].map((combination) => ({ patientId, combination })),
    );
    if (lost.length > 0) {
      tx.send(
        `delete from record.patient_combination p
         where p.patient_id = any($1::uuid[])
           and (p.patient_id, p.combination) in (select * from unnest($2::uuid[], $3::bigint[]))
           and not exists (
             select 1 from record.resource r
             where r.patient_id = p.patient_id
               and r.patient_id = any($1::uuid[])
               and not r.deleted
               and r.combination = p.combination
           )`,
        [
          uuidList([...this.#lost.keys()]),
          uuidList(lost.map((one) => one.patientId)),
          `{${lost.map((one) => one.combination).join(',')}}`,
        ],
        { name: 'record-lose-combinations' },
      );
    }
  }

  #forEachGained(each: (patientId: string, high: number, low: number) => void): void {
    for (const [patientId, highs] of this.#gained) {
      for (const [high, lows] of highs) for (const low of lows) each(patientId, high, low);
    }
  }
}
