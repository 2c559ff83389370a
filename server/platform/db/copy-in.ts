import type { PoolClient } from 'pg';
import type { CopyPart } from './types.ts';

/** The parts of the driver's connection that COPY needs. */
type Wire = {
  query(text: string): void;
  stream: { cork(): void; uncork(): void; write(bytes: Buffer): boolean };
};

type Submittable = {
  submit(connection: Wire): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handlePortalSuspended(): void;
  handleEmptyQuery(): void;
  handleCommandComplete(message: { text: string }): void;
  handleCopyInResponse(): void;
  handleCopyData(): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
  callback(): void;
};

const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);
const nothing = (): void => undefined;

/**
 * Sends rows to several tables by COPY in one round trip: statements, rows and ends go out together, without waiting for the
 * server to say that it is ready. When a statement fails, the server passes over what follows (PostgreSQL manual, protocol,
 * COPY operations). Gives the number of rows stored by each.
 */
export function copyIn(client: PoolClient, parts: readonly CopyPart[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    let failed: Error | undefined;
    const counts: number[] = [];
    const submittable: Submittable = {
      submit(connection) {
        connection.stream.cork();
        connection.query(parts.map((part) => part.statement).join(';'));
        for (const part of parts) {
          for (const bytes of part.data) {
            connection.stream.write(copyDataHeader(bytes.length));
            connection.stream.write(bytes);
          }
          connection.stream.write(copyDone);
        }
        connection.stream.uncork();
      },
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
      handleCopyInResponse: nothing,
      handleCopyData: nothing,
      callback: nothing,
      handleCommandComplete(message) {
        counts.push(Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0));
      },
      handleError(error) {
        failed ??= error;
        reject(error);
      },
      handleReadyForQuery() {
        if (failed === undefined) resolve(counts);
      },
    };
    client.query(submittable as never);
  });
}

function copyDataHeader(size: number): Buffer {
  const header = Buffer.allocUnsafe(5);
  header[0] = 0x64;
  header.writeInt32BE(size + 4, 1);
  return header;
}
