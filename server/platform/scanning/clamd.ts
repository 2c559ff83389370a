import net from 'node:net';
import { Problem } from '../errors.ts';

/** Where a scanner listens: a socket in the file system, or a port of this machine. */
export type Place = { path: string } | { host: string; port: number };

/** What a scanner says of a content; `silent` when it gave no answer that holds. */
export type Said = { is: 'clean' } | { is: 'found'; name: string } | { is: 'silent'; why: string };

/** A content is sent in pieces of this many bytes. */
const pieceBytes = 64 * 1024;
/** An answer is one short line. What is longer is none. */
const longestAnswer = 4096;
const command = 'zINSTREAM\0';
const thisMachine = new Set(['localhost', '127.0.0.1', '::1']);

/** Reads HOST:PORT or the path of a socket. Throws a Problem when the place is not on this machine: the content goes there in the clear. */
export function placeOfScanner(text: string): Place {
  if (text.startsWith('/') || text.startsWith('./')) return { path: text };
  const found = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2] ?? '';
  const port = Number(found?.[3]);
  if (found === null || port < 1 || port > 65_535)
    throw refused(`--scanner ${text} is neither HOST:PORT nor the path of a socket.`);
  if (!thisMachine.has(host))
    throw refused('A scanner is sent documents in the clear, so it must be on this machine.');
  return { host, port };
}

const refused = (says: string): Problem =>
  new Problem('start/scanner', 400, says, {
    wayOut: 'Give the socket of clamd here, such as /run/clamav/clamd.ctl, or localhost:3310.',
  });

/**
 * Has a content looked at by clamd. Never throws: whatever goes wrong is silence, with a word for why. Source: clamd(8), INSTREAM: the
 * command, pieces each after its length in four bytes, then a length of nothing; one line ending in a zero byte comes back.
 */
export function askClamd(place: Place, bytes: Uint8Array, patienceMs: number): Promise<Said> {
  return new Promise((resolve) => {
    const socket = net.connect(place);
    let answer = Buffer.alloc(0);
    const end = (said: Said): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve(said);
    };
    const patience = setTimeout(() => end({ is: 'silent', why: 'too slow' }), patienceMs);
    socket.on('connect', () => void send(socket, bytes));
    socket.on('data', (data: Buffer) => {
      answer = Buffer.concat([answer, data]);
      if (answer.includes(0)) end(saidIn(answer));
      else if (answer.length > longestAnswer) end({ is: 'silent', why: 'not an answer of clamd' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end({ is: 'silent', why: error.code ?? 'no connection' }),
    );
    socket.on('close', () => end({ is: 'silent', why: 'closed without an answer' }));
  });
}

/** Sends as fast as it is taken. A scanner that had enough closes, which is told by the socket. */
async function send(socket: net.Socket, bytes: Uint8Array): Promise<void> {
  socket.write(command);
  for (let from = 0; from < bytes.length && !socket.destroyed; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes);
    socket.write(lengthOf(piece.length));
    if (!socket.write(piece)) await drained(socket);
  }
  if (!socket.destroyed) socket.write(lengthOf(0));
}

const drained = (socket: net.Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
  });

function lengthOf(count: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(count);
  return length;
}

/** Exactly one line, and nothing after it: half an answer or two are none. */
function saidIn(answer: Buffer): Said {
  const text = answer.indexOf(0) === answer.length - 1 ? answer.toString('utf8').slice(0, -1) : '';
  if (text === 'stream: OK') return { is: 'clean' };
  const name = /^stream: ([^\n]{1,200}) FOUND$/.exec(text)?.[1];
  if (name !== undefined) return { is: 'found', name: name.replaceAll(/[^\w.:()-]/g, '_') };
  const isTooLarge = text.startsWith('INSTREAM size limit exceeded');
  return { is: 'silent', why: isTooLarge ? 'larger than its limit' : 'not an answer of clamd' };
}
