import { createServer as createPlain, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecure, type TlsOptions } from 'node:tls';
import { Problem } from '../../platform/errors.ts';
import { strongOnly } from './key-length.ts';
import { serveConnection, type ConnectionLimits, type Receiver } from './connection.ts';

export type MllpOptions = {
  port: number;
  receiver: Receiver;
  /** Decides whether a machine may send, and notes it. */
  admit(address: string): Promise<boolean>;
  /** Key and certificate, and for client certificates the authority; plain TCP without. */
  tls?: TlsOptions;
  /** Told of senders who were refused because their TLS or certificate does not hold. */
  onUntrusted?: (error: unknown) => void;
  limits?: Partial<ConnectionLimits>;
  mostConnections?: number;
};

export type MllpServer = {
  port: number;
  /** Takes no new message, acknowledges those under way, and closes. */
  stop(): Promise<void>;
};

const usualLimits: ConnectionLimits = {
  longestMessage: 16 * 1024 * 1024,
  messageMs: 120_000,
  underWay: 64,
};

/** Listens for HL7 v2 over MLLP on this machine alone. */
export async function openMllp(options: MllpOptions): Promise<MllpServer> {
  const limits = { ...usualLimits, ...options.limits };
  const open = new Map<Socket, Promise<void>>();
  const accept = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    const served = serve(socket, options, limits).finally(() => open.delete(socket));
    open.set(socket, served);
  };
  const server: Server =
    options.tls === undefined
      ? createPlain({ allowHalfOpen: true }, accept)
      : createSecure({ ...strongOnly(options.tls), allowHalfOpen: true }, accept);
  server.on('tlsClientError', (error: unknown) => options.onUntrusted?.(error));
  server.maxConnections = options.mostConnections ?? 256;
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open.keys()) socket.emit('end');
      const cut = setTimeout(() => {
        for (const socket of open.keys()) socket.destroy();
      }, limits.messageMs);
      await Promise.all(open.values());
      clearTimeout(cut);
      await closed;
    },
  };
}

async function serve(socket: Socket, options: MllpOptions, limits: ConnectionLimits): Promise<void> {
  socket.pause();
  const address = socket.remoteAddress ?? '';
  if (!(await options.admit(address).catch(() => false))) {
    socket.destroy();
    return;
  }
  await serveConnection(socket, options.receiver, limits);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem('feeds/port-in-use', 500, `Port ${port} is in use by another program.`, {
              wayOut: 'Choose another with --mllp N.',
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
