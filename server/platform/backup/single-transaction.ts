import type { Client, QueryConfig } from 'pg';
import type { Db, Tx } from '../db/index.ts';

const refuse = (): never => {
  throw new Error('Not part of this transaction');
};

/** A database whose every transaction is part of the one that is already open on a connection. */
export async function singleTransactionDb(client: Client): Promise<Db> {
  const query = async <Row>(text: string, values?: unknown[]): Promise<Row[]> => {
    const config: QueryConfig = values === undefined ? { text } : { text, values };
    return (await client.query(config)).rows as Row[];
  };
  const citus = await query(`select 1 from pg_extension where extname = 'citus'`);
  const distributed = citus.length > 0;
  const tx: Tx = {
    query,
    distributed,
    onEnd: refuse,
    send: refuse,
    sendCopies: refuse,
    copyIn: refuse,
    copyOut: refuse,
  };
  return {
    lease: { mark: () => undefined, isUnchanged: () => false, enter: refuse },
    query,
    queryBytes: refuse,
    transaction: (work) => work(tx),
    distributed,
    close: async () => undefined,
  };
}
