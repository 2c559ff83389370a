import type { Viewing } from '../../access/index.ts';
import { linksOfPerson } from '../../people/index.ts';
import { openFor, pastWall, type Queryable } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Me } from '../types.ts';

/** The person who signed in as themselves, for whom the second wall is open from here on. Staff, programs and callers without sign-in have no view of their own: a Problem. */
export async function whoseView(db: Queryable, viewing: Viewing): Promise<Me> {
  const { asker } = viewing;
  if (asker.kind !== 'known' || asker.subject.kind !== 'resident') {
    throw new Problem(
      'own-view/not-a-person',
      403,
      'Only somebody who signed in as themselves has a view of their own.',
      {
        wayOut: 'Sign in as yourself, with NHS login.',
      },
    );
  }
  const me = await personNow(db, asker.subject.id, asker.subject.person);
  openFor(me.patientIds);
  return me;
}

/** Who a person is in the record now. A patient that nobody linked is a person of their own. */
export async function personNow(db: Queryable, user: string, personId: string): Promise<Me> {
  const links = await pastWall('finding', () => linksOfPerson(db, personId));
  const patientIds = links.length === 0 ? [personId] : links.map(({ patientId }) => patientId).sort();
  return { user, personId, patientIds, home: patientIds[0]! };
}
