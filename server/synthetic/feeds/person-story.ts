import type { Day, Minute } from '../calendar.ts';
import type { Contact } from '../health/contacts.ts';
import type { Condition } from '../health/conditions.ts';
import type { Placed } from '../lives/particulars.ts';
import type { Person } from '../lives/types.ts';
import type { OutputFile } from '../output/layout.ts';
import type { SourceRecord } from '../errors/source-record.ts';
import type { Partner } from '../place/types.ts';
import type { World } from '../world.ts';
import type { Registration } from './gp/registrations.ts';

export type Detail = 'light' | 'full';

/** One person with all that happened, and where to write what partners say of it. */
export type Story = {
  world: World;
  detail: Detail;
  placed: Placed;
  person: Person;
  conditions: Condition[];
  contacts: Contact[];
  /** Practices the person was registered with, in order. */
  registrations: Registration[];
  /** Opens a record of the person at a partner. */
  open(partner: Partner, from: number, ordinal: number): SourceRecord;
  /** Notes the record in the truth. Only records that were sent are noted. */
  tell(record: SourceRecord, mergedInto?: string): void;
  write(file: OutputFile, at: Minute, text: string): void;
};

/** The practice a person would name on a day: their own, or the nearest where they have none. */
export function practiceOn({ world, person, registrations }: Story, day: Day): Partner {
  const own = registrations.findLast(({ from }) => from <= day) ?? registrations[0];
  if (own !== undefined) return own.practice;
  const practices = world.partnersWho('gp');
  const lsoa = person.stays.at(-1)!.address.lsoa?.index ?? 0;
  return practices[Math.floor((lsoa * practices.length) / world.land.lsoas.length)]!;
}
