import type { FastifyRequest } from 'fastify';

/**
 * Why a caller says they ask: the header `Purpose-Of-Use`, or what the person chose in this visit (a cookie). A code of HL7 v3
 * ActReason, such as TREAT. Undefined: what is usual for the role.
 */
export function purposeAsked({ headers }: FastifyRequest): string | undefined {
  const header = headers['purpose-of-use'];
  if (typeof header === 'string' && header !== '') return header;
  return /(?:^|;\s*)openics-purpose=([A-Z]{2,12})(?:;|$)/.exec(headers.cookie ?? '')?.[1];
}
