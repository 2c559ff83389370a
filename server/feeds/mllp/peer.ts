import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The machine at the other end of a connection, and the certificate it showed: its subject, and its SHA-256 fingerprint. */
export type Peer = { address: string; certificate?: string };

/** Who is at the other end. A certificate counts only where it was asked for and holds. */
export function peerOf(socket: Socket): Peer {
  const address = socket.remoteAddress ?? '';
  if (!(socket instanceof TLSSocket) || !socket.authorized) return { address };
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (fingerprint256 === undefined) return { address };
  return { address, certificate: `${subject?.CN ?? 'without a name'}, SHA-256 ${fingerprint256}` };
}
