import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The certificate that the other end of a connection showed: its subject, and its SHA-256 fingerprint. Undefined where it showed none. */
export type Certificate = string | undefined;

/** A certificate counts only where it was asked for and holds. */
export function certificateOf(socket: Socket): Certificate {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (fingerprint256 === undefined) return undefined;
  return `${subject?.CN ?? 'without a name'}, SHA-256 ${fingerprint256}`;
}
