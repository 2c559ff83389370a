import type { AuditLog } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Telling } from './platform/scanning/index.ts';

/**
 * Tells of what a scanner found: in the audit log where there is one, and in the operating log. A digest and the scanner's name for it
 * are no personal data; which record it belongs to stands with the request that asked for it.
 */
export const tellOfFound = (log: Pick<AuditLog, 'note'> | undefined, clock: Clock): Telling => ({
  async onFound(digest, name) {
    console.error(`A file is kept back: ${name}, SHA-256 ${digest}`);
    await log?.note({
      at: clock(),
      kind: 'decision',
      outcome: 'refused',
      user: 'openics:scanner',
      resource: 'files',
      rule: 'files/malicious',
      particulars: { target: `sha256:${digest} ${name}` },
    });
  },
  onSilent: (why) => console.error(`The scanner of files gives no answer: ${why}.`),
});
