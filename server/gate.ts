import type { FastifyRequest } from 'fastify';
import { machineViewing } from './access/index.ts';
import type { AuditTrail } from './audit/index.ts';
import type { Clock } from './platform/clock.ts';
import { Problem } from './platform/errors.ts';
import type { AccessDeclaration, Gate } from './platform/http/index.ts';

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Notes whether a caller is on this machine, the only one served where sign-in is not switched on. Gives whether it is. */
async function admitsLocal(
  audit: AuditTrail,
  clock: Clock,
  address: string,
  access: AccessDeclaration,
): Promise<boolean> {
  const permitted = loopback.test(address);
  await audit.note({
    at: clock(),
    subject: 'local',
    action: access.action,
    resource: access.resource,
    permitted,
    reason: permitted ? 'on-this-machine' : 'elsewhere',
  });
  return permitted;
}

/** For a machine that connects without HTTP: decided and noted before it is listened to. Gives whether it may. */
export function createPeerGate(audit: AuditTrail, clock: Clock, access: AccessDeclaration) {
  return (address: string): Promise<boolean> => admitsLocal(audit, clock, address, access);
}

/** The gate where sign-in is not switched on: callers on this machine see everything, others nothing. */
export function createGate(audit: AuditTrail, clock: Clock): Gate {
  return async (request: FastifyRequest, access: AccessDeclaration) => {
    if (!(await admitsLocal(audit, clock, request.ip, access))) {
      throw new Problem('access/refused', 403, 'Only callers on this machine are served.', {
        place: access.resource,
        wayOut: 'Use OpenICS on the machine it runs on, or switch sign-in on with --sign-in.',
      });
    }
    request.viewing = machineViewing;
  };
}
