import { connect, type Socket } from 'node:net';

/** An answer. `body` is empty unless it was asked for; `bytes` is its length either way. */
export type Reply = { status: number; headers: string; bytes: number; body: Buffer };

type Pending = {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
  headOnly: boolean;
  keep: boolean;
};

const nothing = Buffer.alloc(0);
const endOfHead = Buffer.from('\r\n\r\n');

/** What every connection reads into, one after another: memory made anew for each read would be this process's own work. */
const readInto = Buffer.allocUnsafeSlow(1024 * 1024);

/**
 * One keep-alive HTTP/1.1 connection that sends one request at a time. It does as little as possible, so that what is
 * measured is the server and not its client: a body that nobody wants is counted and let go. Reads answers with
 * Content-Length, chunked, or without a body.
 */
export class Connection {
  readonly #host: string;
  readonly #port: number;
  /** Undefined when the server ended it: some do after so many requests. The next request opens another. */
  #socket: Socket | undefined;
  #pending: Pending | undefined;
  /** What came of the head, of a chunked answer, or of a body that is wanted. */
  #pieces: Buffer[] = [];
  /** The answer whose body is coming, and how much of it is still to come. */
  #reply: Reply | undefined;
  #left = 0;

  private constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  static async open(host: string, port: number): Promise<Connection> {
    const connection = new Connection(host, port);
    await connection.#connect();
    return connection;
  }

  #connect(): Promise<void> {
    const socket = connect({
      host: this.#host,
      port: this.#port,
      onread: {
        buffer: readInto,
        callback: (length, bytes) => {
          if (socket === this.#socket) this.#take(Buffer.from(bytes.buffer, bytes.byteOffset, length));
          return true;
        },
      },
    });
    socket.setNoDelay(true);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        socket.on('error', (error) => this.#ended(socket, error));
        socket.on('close', () => this.#ended(socket, new Error('The server closed the connection.')));
        this.#socket = socket;
        resolve();
      });
    });
  }

  /** Sends a whole request (head and body, as bytes or as latin1 text) and waits for the whole answer. */
  send(request: Buffer | string, keep: boolean): Promise<Reply> {
    const socket = this.#socket;
    if (socket === undefined) return this.#connect().then(() => this.send(request, keep));
    return new Promise((resolve, reject) => {
      const headOnly = request.slice(0, 5).toString() === 'HEAD ';
      this.#pending = { resolve, reject, headOnly, keep };
      if (typeof request === 'string') socket.write(request, 'latin1');
      else socket.write(request);
    });
  }

  close(): void {
    this.#pending = undefined;
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #ended(socket: Socket, error: Error): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(error);
  }

  /** The bytes hold only until the next read: what is needed longer is copied. */
  #take(bytes: Buffer): void {
    if (this.#reply === undefined) {
      this.#takeHead(this.#pieces.length === 0 ? bytes : Buffer.concat([...this.#pieces, bytes]));
      return;
    }
    if (this.#pending?.keep === true) this.#pieces.push(Buffer.from(bytes));
    this.#left -= bytes.length;
    if (this.#left <= 0) this.#end(this.#reply);
  }

  #takeHead(bytes: Buffer): void {
    this.#pieces = [];
    const end = bytes.indexOf(endOfHead);
    if (end < 0) {
      this.#pieces = [Buffer.from(bytes)];
      return;
    }
    const headers = bytes.toString('latin1', 0, end);
    const bodyAt = end + endOfHead.length;
    const reply: Reply = { status: Number(headers.slice(9, 12)), headers, bytes: 0, body: nothing };
    if (this.#pending?.headOnly === true || reply.status === 204 || reply.status === 304) {
      this.#end(reply);
      return;
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(headers);
    if (length === null) {
      const body = dechunk(bytes, bodyAt);
      this.#pieces = [body ?? Buffer.from(bytes)];
      if (body !== undefined) this.#end({ ...reply, bytes: body.length });
      return;
    }
    reply.bytes = Number(length[1]);
    if (this.#pending?.keep === true) this.#pieces = [Buffer.from(bytes.subarray(bodyAt))];
    this.#left = reply.bytes - (bytes.length - bodyAt);
    if (this.#left <= 0) this.#end(reply);
    else this.#reply = reply;
  }

  #end(reply: Reply): void {
    const pending = this.#pending;
    if (pending?.keep === true) reply.body = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#reply = undefined;
    this.#pending = undefined;
    if (/\r\nconnection: *close/i.test(reply.headers)) this.close();
    pending?.resolve(reply);
  }
}

/** The body of a chunked answer, or undefined while some of it is missing. */
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
