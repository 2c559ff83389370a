import type { FastifyRequest } from 'fastify';
import { decide } from './access/index.ts';
import type { AuditTrail } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import { Problem } from './platform/errors.ts';
import type { AccessDeclaration, Gate } from './platform/http/index.ts';

/** Joins access and audit: each request is decided, then noted, before its handler runs. */
export function createGate(audit: AuditTrail, clock: Clock): Gate {
  return async (request: FastifyRequest, access: AccessDeclaration) => {
    const decision = decide({
      subject: { kind: 'local', address: request.ip },
      action: access.action,
      resource: access.resource,
    });
    await audit.note({
      at: clock(),
      subject: 'local',
      action: access.action,
      resource: access.resource,
      permitted: decision.permit,
      reason: decision.reason,
    });
    if (!decision.permit) {
      throw new Problem('access/refused', 403, decision.reason, {
        place: access.resource,
        wayOut: decision.wayOut,
      });
    }
  };
}
