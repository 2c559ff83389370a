import { mkdtemp, rm } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from './clamd.ts';

/** The text that scanners take for a virus, by agreement. Put together here so that none of them minds this file. Source: eicar.org. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

/** How the scanner of a test answers. */
export type Manner =
  'well' | 'in fragments' | 'never' | 'closes' | 'half' | 'garbage' | 'endless' | 'two lines' | 'error';

export type SmallClamd = {
  place: Place;
  manner: Manner;
  /** The sizes of what it was sent, in order. */
  asked: number[];
  stop(): Promise<void>;
};

/** A scanner that speaks clamd's INSTREAM on a real socket and knows one signature. */
export async function smallClamd(
  on: 'port' | 'path' = 'port',
  mostBytes = 25 * 1024 * 1024,
): Promise<SmallClamd> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-clamd-'));
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void answer(socket, clamd, mostBytes).catch(() => socket.destroy());
  });
  const socketPath = path.join(folder, 'clamd.ctl');
  await new Promise<void>((resolve) =>
    on === 'path' ? server.listen(socketPath, resolve) : server.listen(0, '127.0.0.1', resolve),
  );
  const clamd: SmallClamd = {
    place:
      on === 'path'
        ? { path: socketPath }
        : { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    manner: 'well',
    asked: [],
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return clamd;
}

async function answer(socket: net.Socket, clamd: SmallClamd, mostBytes: number): Promise<void> {
  if (clamd.manner === 'closes') return void socket.destroy();
  const content = await contentOf(socket, mostBytes);
  if (content === 'too large') return void socket.end('INSTREAM size limit exceeded. ERROR\0');
  clamd.asked.push(content.length);
  const said = content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0';
  if (clamd.manner === 'well') socket.end(said);
  else if (clamd.manner === 'half') socket.end('stream: O');
  else if (clamd.manner === 'garbage') socket.end('HTTP/1.1 200 OK\r\n\r\n\0');
  else if (clamd.manner === 'endless') socket.end('stream: OK '.repeat(1000));
  else if (clamd.manner === 'two lines') socket.end('stream: OK\0stream: OK\0');
  else if (clamd.manner === 'error') socket.end('stream: Can not allocate memory ERROR\0');
  else if (clamd.manner === 'in fragments') {
    for (const piece of said) {
      socket.write(piece);
      await wait(1);
    }
    socket.end();
  }
}

/** Reads the command, then pieces each after its length, up to one of nothing. */
async function contentOf(socket: net.Socket, mostBytes: number): Promise<Buffer | 'too large'> {
  const command = 'zINSTREAM\0';
  let waiting = Buffer.alloc(0);
  let begun = false;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const data of socket.iterator({ destroyOnReturn: false })) {
    waiting = Buffer.concat([waiting, data as Buffer]);
    if (!begun) {
      if (waiting.length < command.length) continue;
      if (waiting.subarray(0, command.length).toString() !== command) throw new Error('no such command');
      waiting = waiting.subarray(command.length);
      begun = true;
    }
    while (waiting.length >= 4) {
      const length = waiting.readUInt32BE(0);
      if (length === 0) return Buffer.concat(pieces);
      if (size + length > mostBytes) return 'too large';
      if (waiting.length < 4 + length) break;
      pieces.push(waiting.subarray(4, 4 + length));
      size += length;
      waiting = waiting.subarray(4 + length);
    }
  }
  throw new Error('cut off');
}
