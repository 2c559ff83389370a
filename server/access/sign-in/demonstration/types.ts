import type { HeldRole } from '../types.ts';

/** A made-up somebody whom a demonstration may be tried as. */
export type Persona = {
  /** In addresses: letters, digits and `-`. */
  id: string;
  name: string;
  /** What they do, in a few words: "District nurse, Northside". */
  job: string;
  kind: 'staff' | 'person';
  roles: HeldRole[];
  nhsNumber?: string;
  birthDate?: string;
};
