import { CopyRows, uuidList, type Tx } from '../../platform/db/index.ts';

const gaining = (rows: string): string =>
  `insert into record.patient_token (patient_id, token) ${rows} on conflict (patient_id, token) do nothing`;

const gainingFromArrays = gaining('select * from unnest($1::uuid[], $2::bigint[])');

/** On Citus a few rows go faster as values, which need not pass the coordinator. */
const mostValues = 500;
const valuesOf = (rows: number): string =>
  `values ${Array.from({ length: rows }, (_, index) => `($${2 * index + 1}::uuid, $${2 * index + 2}::bigint)`).join(', ')}`;

/** Gathers, over a transaction, which patients come to carry which counted tokens, and which may have stopped. */
export class Carriers {
  /** Patient, then high half, then low halves. */
  readonly #gained = new Map<string, Map<number, Set<number>>>();
  readonly #lostPatients = new Set<string>();
  readonly #lostTokens = new Set<string>();

  gain(patientId: string, high: number, low: number): void {
    let highs = this.#gained.get(patientId);
    if (highs === undefined) this.#gained.set(patientId, (highs = new Map()));
    let lows = highs.get(high);
    if (lows === undefined) highs.set(high, (lows = new Set()));
    lows.add(low);
  }

  /** A row of the patient is replaced or deleted: it carried these, as signed 64-bit text. */
  lose(patientId: string, tokens: readonly string[]): void {
    this.#lostPatients.add(patientId);
    for (const token of tokens) if ((BigInt(token) & 1n) === 1n) this.#lostTokens.add(token);
  }

  /** Rows of patients that have none yet: they can be copied. */
  rowsOfNew(isNew: (patientId: string) => boolean): CopyRows {
    const rows = new CopyRows();
    for (const [patientId, highs] of this.#gained) {
      if (!isNew(patientId)) continue;
      for (const [high, lows] of highs) {
        for (const low of lows) {
          rows.startRow(2);
          rows.uuid(patientId);
          rows.int8Halves(high, low);
        }
      }
    }
    return rows;
  }

  /** Adds the tokens of patients that have some already, and takes away those no row of theirs carries any more. */
  write(tx: Tx, isNew: (patientId: string) => boolean): void {
    const patientIds: string[] = [];
    const tokens: string[] = [];
    for (const [patientId, highs] of this.#gained) {
      if (isNew(patientId)) continue;
      for (const [high, lows] of highs) {
        for (const low of lows) {
          patientIds.push(patientId);
          tokens.push(((BigInt(high | 0) << 32n) | BigInt(low >>> 0)).toString());
        }
      }
    }
    if (patientIds.length > 0) {
      if (tx.distributed && patientIds.length <= mostValues) {
        tx.send(
          gaining(valuesOf(patientIds.length)),
          patientIds.flatMap((id, index) => [id, tokens[index]]),
        );
      } else
        tx.send(gainingFromArrays, [uuidList(patientIds), `{${tokens.join(',')}}`], {
          name: 'record-gain-tokens',
        });
    }
    if (this.#lostTokens.size > 0) {
      tx.send(
        `delete from record.patient_token p
         where p.patient_id = any($1::uuid[])
           and p.token = any($2::bigint[])
           and not exists (
             select 1 from record.resource r
             where r.patient_id = p.patient_id
               and r.patient_id = any($1::uuid[])
               and not r.deleted
               and r.tokens @> array[p.token]
           )`,
        [uuidList([...this.#lostPatients]), `{${[...this.#lostTokens].join(',')}}`],
        { name: 'record-lose-tokens' },
      );
    }
  }
}
