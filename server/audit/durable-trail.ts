import type { AuditLog } from './log/open.ts';
import type { AuditTrail } from './trail.ts';
import type { Kind } from './types.ts';

const kinds: Record<string, Kind> = {
  read: 'read',
  search: 'search',
  write: 'update',
  delete: 'delete',
  export: 'export',
  operate: 'operate',
};

/** The log behind the interface the gate uses: an access is durable and provable before its answer leaves. */
export function createDurableTrail(log: AuditLog): AuditTrail {
  let permitted = 0;
  let refused = 0;
  return {
    async note({ at, subject, action, resource, permitted: isPermitted, reason }) {
      await log.note({
        at,
        kind: kinds[action] ?? 'operate',
        outcome: isPermitted ? 'permitted' : 'refused',
        user: subject,
        resource,
        rule: reason,
      });
      if (isPermitted) permitted++;
      else refused++;
    },
    counts: () => ({ permitted, refused }),
  };
}
