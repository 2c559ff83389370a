import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { framed, FrameReader } from './framing.ts';

/** What a receiver answered: MSA-1 and MSA-2. */
export type Acknowledged = { code: string; controlId: string; text: string };

/** Sends messages over one MLLP connection and waits for their acknowledgements, which come in the same order. */
export class MllpClient {
  readonly #socket: Socket;
  readonly #reader = new FrameReader(1024 * 1024);
  readonly #waiting: { resolve(answer: Acknowledged): void; reject(error: Error): void }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      for (const frame of this.#reader.push(chunk)) this.#waiting.shift()?.resolve(read(frame.bytes));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      for (const each of this.#waiting.splice(0)) each.reject(new Error('The connection was closed.'));
    });
  }

  static async open(port: number, host = '127.0.0.1'): Promise<MllpClient> {
    const socket = connect({ port, host, noDelay: true });
    await once(socket, 'connect');
    return new MllpClient(socket);
  }

  /** Resolves with the acknowledgement; rejects when the connection closes before. */
  send(message: Uint8Array): Promise<Acknowledged> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('The connection is closed.'));
      this.#waiting.push({ resolve, reject });
      this.#socket.write(framed(message));
    });
  }

  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    this.#socket.end();
    await once(this.#socket, 'close');
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

function read(bytes: Buffer): Acknowledged {
  const text = bytes.toString();
  const line = text.split('\r').find((each) => each.startsWith('MSA')) ?? '';
  const fields = line.split(line[3] ?? '|');
  return { code: fields[1] ?? '', controlId: fields[2] ?? '', text };
}
