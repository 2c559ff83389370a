import type { FastifyRequest } from 'fastify';
import type { PurposeAsked } from '../access/index.ts';

/**
 * Why a caller says they ask: the header `Purpose-Of-Use`, and what the person chose in this browser (a cookie). Codes of HL7 v3
 * ActReason, such as TREAT. Neither: what is usual for the role.
 */
export function purposeAsked({ headers }: FastifyRequest): PurposeAsked {
  const said = headers['purpose-of-use'];
  return {
    said: typeof said === 'string' && said !== '' ? said : undefined,
    chosen: /(?:^|;\s*)openics-purpose=([A-Z]{2,12})(?:;|$)/.exec(headers.cookie ?? '')?.[1],
  };
}
