import { types, type PoolClient } from 'pg';
import { described } from './failures.ts';
import { copyMessages, executeMessage, prepareMessage, sync } from './messages.ts';
import type { CopyPart } from './types.ts';

/** The parts of the driver's connection that are needed to send several statements in one write. */
type Wire = { stream: { cork(): void; uncork(): void; write(bytes: Buffer): boolean } };

type Column = { name: string; read: (text: string) => unknown };
type Prepared = { text: string; columns: readonly Column[] };
type Field = { name: string; dataTypeID: number };

type Statement = {
  kind: 'statement';
  name: string;
  text: string;
  values: readonly (string | null)[];
  rows: unknown[];
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
};
type Copy = { kind: 'copy'; part: CopyPart; resolve(stored: number): void; reject(error: unknown): void };
export type Step = Statement | Copy;

/** What each connection has prepared, and which columns it gives. */
const preparedOn = new WeakMap<PoolClient, Map<string, Prepared>>();
const nothing = (): void => undefined;

/**
 * Sends statements and copies of one transaction in one write, with one Sync at the end, so that the server passes over what
 * follows one that fails. Each step is told of its own outcome; those passed over are told of the error that stopped them. Resolves
 * when all are told.
 * Source: PostgreSQL manual, protocol, pipelining and COPY operations.
 */
export function sendTogether(client: PoolClient, steps: readonly Step[]): Promise<void> {
  return new Promise((resolve) => {
    client.query(new Turn(client, steps, resolve) as never);
  });
}

class Turn {
  readonly #steps: readonly Step[];
  readonly #prepared: Map<string, Prepared>;
  readonly #done: () => void;
  #at = 0;
  #columns: readonly Column[] = [];

  constructor(client: PoolClient, steps: readonly Step[], done: () => void) {
    this.#steps = steps;
    this.#done = done;
    const known = preparedOn.get(client) ?? new Map<string, Prepared>();
    preparedOn.set(client, known);
    this.#prepared = known;
  }

  callback = nothing;
  handleParameterStatus = nothing;
  handlePortalSuspended = nothing;
  handleCopyInResponse = nothing;
  handleCopyData = nothing;

  submit({ stream }: Wire): Error | null {
    stream.cork();
    for (const step of this.#steps) for (const bytes of this.#messagesOf(step)) stream.write(bytes);
    stream.write(sync);
    stream.uncork();
    return null;
  }

  #messagesOf(step: Step): readonly Buffer[] {
    if (step.kind === 'copy') return copyMessages(step.part.statement, step.part.data);
    const { name, text, values } = step;
    const run = executeMessage(name, values);
    const known = this.#prepared.get(name);
    if (known?.text === text) return [run];
    this.#prepared.set(name, { text, columns: [] });
    return [prepareMessage(name, text), run];
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    const step = this.#steps[this.#at];
    if (step?.kind !== 'statement') return;
    const columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: types.getTypeParser(dataTypeID, 'text') as Column['read'],
    }));
    this.#prepared.set(step.name, { text: step.text, columns });
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const step = this.#steps[this.#at];
    if (step?.kind !== 'statement') return;
    if (step.rows.length === 0) this.#columns = this.#prepared.get(step.name)?.columns ?? [];
    const row: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i++) {
      const { name, read } = this.#columns[i]!;
      const text = fields[i]!;
      row[name] = text === null ? null : read(text);
    }
    step.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const step = this.#steps[this.#at++];
    if (step?.kind === 'statement') step.resolve(step.rows);
    else step?.resolve(Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0));
  }

  /** Statements that were not run may not be prepared either: they are prepared anew when they come again. */
  handleError(error: unknown): void {
    for (const step of this.#steps.slice(this.#at)) {
      if (step.kind === 'statement') this.#prepared.delete(step.name);
      step.reject(described(error));
    }
    this.#at = this.#steps.length;
    this.#done();
  }

  handleReadyForQuery(): void {
    this.#done();
  }
}
