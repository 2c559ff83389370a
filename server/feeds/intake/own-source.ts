import type { Viewing } from '../../access/index.ts';
import { createOrganisations, organisationBehind } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { arrive, unreadable } from './arrive.ts';

/**
 * Goes on when a message that a program sends is from the program's own organisation; else throws a Problem. What a feed says counts as
 * said by its organisation, so whoever may say it for another could write their record, and admit anybody. A message that does not say who
 * sent it changes nothing, and waits.
 */
export async function mustBeOwnSource(
  { db, clock }: { db: Db; clock: Clock },
  { asker, seesAll }: Pick<Viewing, 'asker' | 'seesAll'>,
  bytes: Buffer,
): Promise<void> {
  if (seesAll || asker.kind !== 'known' || asker.subject.kind !== 'program') return;
  const { feed } = arrive(bytes, clock(), 'hl7v2');
  if (feed.source === unreadable.source) return;
  const behind = await organisationBehind(createOrganisations(db), feed.source);
  if (behind !== asker.subject.post.organisation.id)
    throw new Problem(
      'feeds/not-your-source',
      403,
      'This message is from another organisation than this program’s.',
      {
        place: 'MSH-4',
        wayOut: 'Send it by a program that is registered for that organisation.',
      },
    );
}
