import type { Policy, Standing } from '../access/index.ts';
import { Problem } from '../platform/errors.ts';
import type { AccessDeclaration } from '../platform/http/index.ts';

type Part = Policy['parts'][number];

/**
 * Goes on when this role may use this part of OpenICS; else throws a Problem that says so and how to ask. A part that the policy
 * does not know is for nobody.
 */
export function mayUse(
  part: Part | undefined,
  { action, resource }: AccessDeclaration,
  { asker }: Standing,
  policy: Policy,
): void {
  if (part === undefined) throw unknownPart(resource);
  const isLooking = action === 'read' || action === 'search' || action === 'operate';
  const profiles = isLooking ? part.see : part.change;
  if (profiles === null) return;
  const { subject } = asker;
  const profile =
    subject.kind === 'resident'
      ? undefined
      : policy.profiles.find(({ roles }) => roles.some(({ code }) => code === subject.post.role));
  if (profile === undefined || !profiles.includes(profile.profile)) {
    throw notYours(`Your role may not ${isLooking ? 'see' : 'change'} this: ${part.words}.`, resource);
  }
  if (!policy.signIn[subject.kind].includes(asker.signIn)) throw tooWeak(resource);
}

const unknownPart = (resource: string): Problem =>
  new Problem(
    'access/part-not-known',
    403,
    'The rules in force do not say who may use this part of OpenICS.',
    {
      place: resource,
      wayOut: 'Have it added to the parts of the policy.',
    },
  );
const notYours = (says: string, resource: string): Problem =>
  new Problem('access/part-not-yours', 403, says, {
    place: resource,
    wayOut: 'If your work needs it, ask your manager for a role that may.',
  });
const tooWeak = (resource: string): Problem =>
  new Problem('access/signed-in-too-weakly', 403, 'You did not sign in strongly enough for this.', {
    place: resource,
    wayOut: 'Sign in again with two factors.',
  });
