import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../../audit/index.ts';
import type { Organisations } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import type { SourceRecord } from '../glass/rules.ts';
import type { Piece } from '../asking/types.ts';
import type { PersonsOf } from '../asking/people.ts';

/** What checking on accesses is built on. */
export type PrivacyServices = {
  db: Db;
  clock: Clock;
  log: AuditLog;
  /** What whoever asks is called, where they signed in. */
  userNameOf(request: FastifyRequest): string | undefined;
  organisations: Organisations;
  /** The records people are known by, each with the source that said it. None under who is not there. */
  recordsOf(personIds: readonly string[]): Promise<ReadonlyMap<string, SourceRecord[]>>;
  personsOf: PersonsOf;
  /** The person who states an NHS number and was born on a day; undefined when nobody known does. */
  personOfNumber(nhsNumber: string, born: string): Promise<string | undefined>;
  /** What a resource holds, as far as decisions need it; undefined when there is none. */
  piecesOf(type: string, id: string): Promise<Piece[] | undefined>;
  /** Who people are, for officers who may read it. */
  namesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
};
