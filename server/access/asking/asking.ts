import type { Clock } from '../../platform/clock.ts';
import { onceInPage } from '../../platform/one-page.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Organisations } from '../../organisations/index.ts';
import type { Identity } from '../sign-in/index.ts';
import type { CompiledPolicy } from '../compiled.ts';
import { ukDay } from '../moments.ts';
import { openDesk } from '../store/desk.ts';
import type { Purpose } from '../words.ts';
import { gatherAccesses, type Accesses } from './accesses.ts';
import { createParties } from './parties.ts';
import type { PersonBehind, PersonsOf } from './people.ts';
import { keepPostsInStep, type InStep } from './posts-in-step.ts';
import type { EveryPatientOf } from './reach.ts';
import { createStandings, type Standings } from './standing.ts';
import type { Viewing } from './types.ts';
import { createViewing, type Recorder, type Standing } from './viewing.ts';

/** How requests ask about pieces of the record, where everybody signs in. */
export type Asking = {
  standings: Standings;
  /** Makes the one viewing of a request, with what it will have shown and was refused. What it changes the recorder puts on record. */
  viewing(standing: Standing, recorder: Recorder): { viewing: Viewing; accesses: Accesses };
  /** The same asker, asking for another purpose, in the same request: who acts for somebody asks as family or attorney. */
  askFor(viewing: Viewing, purpose: Purpose): Viewing;
  /** The policy in force now, for which parts of OpenICS a role may use. */
  policy(): Promise<CompiledPolicy>;
  /** Makes ready what keeps, in the transaction of a sign-in, the roles a member of staff has just proved. */
  signedIn(identity: Identity): Promise<InStep>;
};

export type AskingParts = {
  db: Db;
  clock: Clock;
  organisations: Organisations;
  personsOf: PersonsOf;
  everyPatientOf: EveryPatientOf;
  personOfNumber(nhsNumber: string, born: string): Promise<PersonBehind | undefined>;
};

type Made = { standing: Standing; accesses: Accesses; recorder: Recorder };

export function openAsking(given: AskingParts): Asking {
  const { db, clock, organisations, personsOf, everyPatientOf, personOfNumber } = given;
  const desk = openDesk(db);
  const parts = { db, desk, clock, personsOf, everyPatientOf, partiesOn: createParties(organisations) };
  const madeWith = new WeakMap<Viewing, Made>();

  const make = ({ standing, accesses, recorder }: Made): Viewing => {
    const viewing = createViewing(parts, standing, accesses, recorder);
    madeWith.set(viewing, { standing, accesses, recorder });
    return viewing;
  };

  return {
    standings: createStandings({ ...parts, personOfNumber }),
    viewing(standing, recorder) {
      const accesses = gatherAccesses();
      return { viewing: make({ standing, accesses, recorder }), accesses };
    },
    askFor(viewing, purpose) {
      const made = madeWith.get(viewing);
      if (made === undefined) return viewing;
      const { asker } = made.standing;
      return make({ ...made, standing: { ...made.standing, asker: { ...asker, purpose } } });
    },
    async policy() {
      const day = ukDay(clock().getTime());
      return onceInPage(desk, `policy ${day}`, () => desk.policy(day));
    },
    signedIn: keepPostsInStep({ clock, partiesOn: parts.partiesOn }),
  };
}
