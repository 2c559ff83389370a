import { connect, type Socket } from 'node:net';

export type Reply = { status: number; body: Buffer; headers: string };

/**
 * One keep-alive HTTP/1.1 connection that sends one request at a time. It does as little as possible, so that what is
 * measured is the server and not its client. Reads answers with Content-Length, chunked, or without a body.
 */
export class Connection {
  readonly #socket: Socket;
  #pending: { resolve: (reply: Reply) => void; reject: (error: Error) => void; head: boolean } | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #need = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static open(host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
      socket.once('error', reject);
    });
  }

  /** Sends a whole request (head and body) and waits for the whole answer. */
  send(request: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject, head: request.subarray(0, 5).toString('latin1') === 'HEAD ' };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(error);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#need) return;
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    const reply = parse(all, this.#pending?.head ?? false);
    if (typeof reply === 'number') {
      this.#need = reply;
      return;
    }
    this.#chunks = [];
    this.#size = 0;
    this.#need = 0;
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve(reply);
  }
}

/** A whole answer, or how many bytes are needed at least before another try is worth it. */
function parse(bytes: Buffer, headOnly: boolean): Reply | number {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return bytes.length + 1;
  const headers = bytes.toString('latin1', 0, end);
  const status = Number(headers.slice(9, 12));
  const bodyAt = end + 4;
  if (headOnly || status === 204 || status === 304) return { status, headers, body: Buffer.alloc(0) };
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers);
  if (length !== null) {
    const whole = bodyAt + Number(length[1]);
    return bytes.length < whole ? whole : { status, headers, body: bytes.subarray(bodyAt, whole) };
  }
  const body = dechunk(bytes, bodyAt);
  return body === undefined ? bytes.length + 1 : { status, headers, body };
}

function dechunk(bytes: Buffer, from: number): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const start = line + 2;
    if (bytes.length < start + size + 2) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
