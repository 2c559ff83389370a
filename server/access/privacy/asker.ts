import type { FastifyRequest } from 'fastify';
import type { Happening } from '../../audit/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Asker } from '../asking/types.ts';
import type { Worker } from '../types.ts';
import type { PrivacyServices } from './services.ts';

type KnownAsker = Extract<Asker, { kind: 'known' }>;
export type StaffAsker = KnownAsker & { subject: Worker };

/** Whoever asks, as a member of staff in a role. A Problem for everybody else. */
export function staffOf({ viewing: { asker } }: FastifyRequest): StaffAsker {
  if (asker.kind === 'known' && asker.subject.kind === 'staff') return asker as StaffAsker;
  throw new Problem('access/not-staff', 403, 'This is for members of staff who signed in with a role.', {
    wayOut: 'Sign in at work, and choose your role.',
  });
}

/** The part of an audit event that says who did it, when, in which request. */
export function happeningBy(
  request: FastifyRequest,
  { subject, purpose }: StaffAsker,
  at: Date,
): Pick<Happening, 'at' | 'user' | 'organisation' | 'role' | 'purpose' | 'request'> {
  return {
    at,
    user: subject.id,
    organisation: subject.post.organisation.id,
    role: subject.post.role,
    purpose,
    request: request.id,
  };
}

/** The part of an audit event that names the user: text that may be erased. */
export function named(
  request: FastifyRequest,
  { userNameOf }: Pick<PrivacyServices, 'userNameOf'>,
): Pick<Happening, 'particulars'> {
  const userName = userNameOf(request);
  return { particulars: userName === undefined ? {} : { userName } };
}
