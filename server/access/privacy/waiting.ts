import { countEvents } from '../../audit/index.ts';
import { ukDay } from '../moments.ts';
import { countUses } from '../glass/store.ts';
import { filterOf } from './events.ts';
import { oddCases } from './odd.ts';
import type { Office } from './office.ts';
import type { PrivacyServices } from './services.ts';

/** What waits for an officer. `odd` are today's cases that nobody noted; null where today's accesses are too many to look at by the way. */
export type Waiting = { glasses: number; odd: number | null; day: string };

/** Looking through so many accesses takes less than a second. Figure: decision of this project. */
const mostLookedThrough = 10_000;

/** How many broken glasses wait for a review, and how many of today's accesses are odd and not noted. Nobody is named. */
export async function waitingFor(services: PrivacyServices, office: Office): Promise<Waiting> {
  const day = ukDay(services.clock().getTime());
  const days = { from: day, to: day };
  const [{ waiting: glasses }, accesses] = await Promise.all([
    countUses(services.db, office),
    countEvents(services.db, { ...filterOf(office, days), aboutPerson: true }),
  ]);
  if (accesses > mostLookedThrough) return { glasses, odd: null, day };
  const { cases } = await oddCases(services, office, days);
  return { glasses, odd: cases.filter(({ notes }) => notes.length === 0).length, day };
}
