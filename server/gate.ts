import type { FastifyRequest } from 'fastify';
import { decide } from './access/index.ts';
import type { AuditTrail } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import { Problem } from './platform/errors.ts';
import type { AccessDeclaration, Gate } from './platform/http/index.ts';

/** The same for a machine that connects without HTTP: decided and noted before it is listened to. Gives whether it may. */
export function createPeerGate(audit: AuditTrail, clock: Clock, access: AccessDeclaration) {
  return async (address: string): Promise<boolean> => {
    const decision = decide({ subject: { kind: 'local', address }, ...access });
    await audit.note({
      at: clock(),
      subject: 'local',
      action: access.action,
      resource: access.resource,
      permitted: decision.permit,
      reason: decision.reason,
    });
    return decision.permit;
  };
}

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
