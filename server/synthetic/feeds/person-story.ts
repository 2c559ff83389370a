import type { Minute } from '../calendar.ts';
import type { Contact } from '../health/contacts.ts';
import type { Condition } from '../health/conditions.ts';
import type { Placed } from '../lives/particulars.ts';
import type { Person } from '../lives/types.ts';
import type { OutputFile } from '../output/layout.ts';
import type { SourceRecord } from '../errors/source-record.ts';
import type { Partner } from '../place/types.ts';
import type { World } from '../world.ts';

export type Detail = 'light' | 'full';

/** One person with all that happened, and where to write what partners say of it. */
export type Story = {
  world: World;
  detail: Detail;
  placed: Placed;
  person: Person;
  conditions: Condition[];
  contacts: Contact[];
  /** Opens a record of the person at a partner. */
  open(partner: Partner, from: number, ordinal: number): SourceRecord;
  /** Notes the record in the truth. Only records that were sent are noted. */
  tell(record: SourceRecord, mergedInto?: string): void;
  write(file: OutputFile, at: Minute, text: string): void;
};
