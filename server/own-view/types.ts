import type { Purpose, Viewing } from '../access/index.ts';
import type { Proofs } from '../audit/index.ts';
import type { Organisations } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db/index.ts';
import type { FileDoor } from '../platform/scanning/index.ts';
import type { Search } from '../record/search/index.ts';
import type { Store } from '../record/store/index.ts';

/** What the person's own view is built on. */
export type OwnViewServices = {
  db: Db;
  clock: Clock;
  store: Store;
  search: Pick<Search, 'search'>;
  organisations: Organisations;
  /** The list of accesses with its proofs, and the keys that sign it. */
  proofs: Proofs;
  /** By which contents of files leave. */
  files: FileDoor;
  logKeys(): Promise<string[]>;
  /** The same asker, asking for another purpose: whoever acts for somebody asks as family or attorney. */
  askFor(viewing: Viewing, purpose: Purpose): Viewing;
};

/** The person whose view it is, and who they are in the record. */
export type Me = {
  /** The user id they signed in with. */
  user: string;
  personId: string;
  /** The patients they are in the record, in a fixed order. */
  patientIds: readonly string[];
  /** The patient under whom what they ask for is filed. */
  home: string;
};
