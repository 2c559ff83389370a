import type { Day } from '../../organisations/index.ts';
import type { PersonId } from '../types.ts';

/** What the room of people knows of somebody that bears on who may see them. */
export type PersonBehind = {
  person: PersonId;
  /** Every patient this person is. */
  patientIds: readonly string[];
  born: Day | null;
  died: Day | null;
  /** Their whereabouts are protected. */
  restricted: boolean;
  /** Family name with place, as each source gives them: two people who share one may be family. */
  homes: readonly string[];
};

/** The person behind each of these patients. A patient without a person counts as their own. */
export type PersonsOf = (patientIds: readonly string[]) => Promise<ReadonlyMap<string, PersonBehind>>;
