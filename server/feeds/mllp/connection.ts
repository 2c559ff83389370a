import type { Socket } from 'node:net';
import { certificateOf, type Certificate } from './certificate.ts';
import { framed, FrameReader, type Frame } from './framing.ts';

export type ConnectionLimits = {
  longestMessage: number;
  /** How long one message may take from its first to its last byte. */
  messageMs: number;
  /** Messages of one connection that may be under way. */
  underWay: number;
};

export type Receiver = {
  /** Gives the acknowledgement of a message, after it is durably stored. Rejects when there is nothing to acknowledge. */
  receive(bytes: Buffer, certificate: Certificate): Promise<string>;
  /** Gives the refusal of what is no message. */
  refuse(frame: Exclude<Frame, { kind: 'message' }>): string;
};

const mostUnsent = 1024 * 1024;

/**
 * Serves one MLLP connection: acknowledges messages in the order they came, reads no more than it can answer, and lets go of a sender
 * that does not end what it began. Resolves when the connection is closed.
 */
export function serveConnection(socket: Socket, receiver: Receiver, limits: ConnectionLimits): Promise<void> {
  const reader = new FrameReader(limits.longestMessage);
  const certificate = certificateOf(socket);
  let underWay = 0;
  let tail: Promise<void> = Promise.resolve();
  let slow: NodeJS.Timeout | undefined;

  const flow = (): void => {
    const isFull = underWay >= limits.underWay || socket.writableLength > mostUnsent;
    if (isFull) socket.pause();
    else socket.resume();
  };
  const answer = (acknowledged: Promise<string>): void => {
    underWay += 1;
    const before = tail;
    tail = (async () => {
      try {
        const text = await acknowledged;
        await before;
        if (!socket.destroyed) socket.write(framed(Buffer.from(text)));
      } catch {
        // Without an acknowledgement the sender sends again: that is what it must do with what was not stored.
        socket.destroy();
      } finally {
        underWay -= 1;
        flow();
      }
    })();
  };
  const watch = (): void => {
    clearTimeout(slow);
    slow = reader.isInside ? setTimeout(() => socket.destroy(), limits.messageMs) : undefined;
  };

  return new Promise((resolve) => {
    let wasInside = false;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on('data', (chunk: Buffer) => {
      const frames = reader.push(chunk);
      for (const frame of frames) {
        answer(
          frame.kind === 'message'
            ? receiver.receive(frame.bytes, certificate)
            : Promise.resolve(receiver.refuse(frame)),
        );
      }
      if (frames.length > 0 || wasInside !== reader.isInside) watch();
      wasInside = reader.isInside;
      flow();
    });
    socket.on('drain', flow);
    socket.on('end', () => void tail.then(() => socket.end()));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(slow);
      void tail.then(resolve);
    });
    flow();
  });
}
