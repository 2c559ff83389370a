import type { PrivacyServices } from '../privacy/services.ts';
import type { Piece } from '../asking/types.ts';

/** What finding a stranger is built on. */
export type StrangerServices = Pick<PrivacyServices, 'db' | 'clock' | 'personOfNumber'> & {
  /** What organisations hold of who somebody is: at least one piece for somebody who is there, none for others. */
  entriesOf(person: string): Promise<Piece[]>;
};
