/** A job somebody holds: in which organisation, as what. */
export type HeldRole = {
  /** The provider's own id of this holding, where it has one. */
  id: string;
  /** ODS code, or the code of the local directory. */
  organisation: string;
  /** NHS job role, such as R8000. */
  role: string;
  roleName?: string;
};

/** Somebody who proved who they are, as their provider said it. */
export type Identity = {
  /** Our name of the provider. */
  provider: string;
  issuer: string;
  subject: string;
  /** Staff work in an organisation; a person sees their own record. */
  kind: 'staff' | 'person';
  name: string;
  /** How sure the provider is of who this is: 0 to 3 for staff (CIS2), 0, 5 or 9 for people (NHS login). */
  assurance: number;
  roles: HeldRole[];
  nhsNumber?: string;
  birthDate?: string;
};

/** A signed-in visit, kept by the server. The browser holds only a random word that leads here. */
export type Session = {
  id: string;
  identity: Identity;
  /** The role somebody acts in now; none until a person with several chose one. */
  role: HeldRole | undefined;
  begun: Date;
  lastSeen: Date;
};

/** How long a visit may last. Milliseconds. */
export type TimeLimits = { idleMs: number; wholeMs: number; warnMs: number };
