import type { Day, Minute } from '../../calendar.ts';
import type { Said, SourceRecord } from '../../errors/source-record.ts';
import type { Partner } from '../../place/types.ts';
import type { Random } from '../../random.ts';
import type { Story } from '../person-story.ts';
import type { Dialect } from './dialects.ts';

/** A trust writing about one person. */
export type Desk = {
  story: Story;
  partner: Partner;
  dialect: Dialect;
  random: Random;
  /** The patient segments that were written, by what they say. */
  written: Map<Said, { practice: Partner; died: Day | undefined; text: string }>;
  /** The record in use at a time; a person with two records is seen under the second until they are merged. */
  recordAt(at: Minute): SourceRecord;
  /** Sends a message about something that happened. `lines` follow PID and PD1. */
  send(type: string, trigger: string, at: Minute, lines: string[], before?: string[]): void;
  /** The next number of a visit, order or document. */
  next(): string;
};
