import { readFileSync } from 'node:fs';
import type { TlsOptions } from 'node:tls';
import type { AuditTrail } from '../../audit/index.ts';
import { openMllp, senderOnRecord, type MllpServer } from '../../feeds/index.ts';
import { createPeerGate } from '../../gate.ts';
import { Problem } from '../../platform/errors.ts';
import { secretFile } from '../../platform/secrets/index.ts';
import type { Services } from '../../services.ts';
import { tellUnexpected } from '../../unexpected.ts';

/** Whether and how to take HL7 v2 messages. */
export type MllpWish = { port: number; tls: TlsOptions | undefined };

/** The options of a command that may take messages, for `parseArgs`. */
export const mllpOptions = {
  mllp: { type: 'string' },
  'mllp-key': { type: 'string' },
  'mllp-cert': { type: 'string' },
  'mllp-ca': { type: 'string' },
} as const;

type Given = { [Option in keyof typeof mllpOptions]?: string | undefined };

/** What the options ask for; undefined when no messages are to be taken. */
export async function mllpWish(
  given: Given,
  portOf: (text: string) => number,
): Promise<MllpWish | undefined> {
  if (given.mllp === undefined) return undefined;
  const { 'mllp-key': key, 'mllp-cert': cert, 'mllp-ca': ca } = given;
  if ((key === undefined) !== (cert === undefined) || (ca !== undefined && key === undefined)) {
    throw new Problem('start/mllp-tls', 400, 'TLS needs both a key and a certificate.', {
      wayOut: 'Give --mllp-key FILE and --mllp-cert FILE together.',
    });
  }
  const port = portOf(given.mllp);
  if (key === undefined || cert === undefined) return { port, tls: undefined };
  const clients =
    ca === undefined ? {} : { ca: readFileSync(ca), requestCert: true, rejectUnauthorized: true };
  return { port, tls: { key: await secretFile(key), cert: readFileSync(cert), ...clients } };
}

/** Takes messages until it is stopped. Where people sign in, what each says of whom is on record with it. */
export function listenForMessages(
  wish: MllpWish,
  services: Services,
  { audit, isKept }: { audit: AuditTrail; isKept: boolean },
): Promise<MllpServer> {
  return openMllp({
    port: wish.port,
    receiver: services.feeds.receiverBy(isKept ? senderOnRecord(services.clock) : undefined),
    admit: createPeerGate(audit, services.clock, { action: 'write', resource: 'feeds' }),
    onUntrusted: (error) => tellUnexpected('mllp', error),
    ...(wish.tls === undefined ? {} : { tls: wish.tls }),
  });
}
