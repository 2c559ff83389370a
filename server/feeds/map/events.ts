/** What an ADT event does to a stay, to a person, or to who is who. Source: HL7 v2.4, chapter 3; ITK HL7 v2 Message Specifications. */
export type AdtEvent = {
  /** What the stay is from now on; left out when the event does not say. */
  status?: 'planned' | 'in-progress' | 'onleave' | 'finished' | 'cancelled' | 'entered-in-error';
  /** The place in PV1-3 is where the person is from now on; `back` takes the last move back. */
  move?: 'to' | 'back';
  /** The end of the stay is taken back. */
  reopens?: boolean;
  /** Only about the person: a PV1 in it says nothing of a stay. */
  personOnly?: boolean;
  /** The patient of MRG is the patient of PID. */
  merges?: boolean;
  /** The stay of MRG belongs to the patient of PID. */
  movesStay?: boolean;
  /** The stay of MRG has another number (`renumbered`), or is one with the stay of PV1 (`merged`). */
  staysAsOne?: 'renumbered' | 'merged';
  /** Speaks of the account of MRG, which the record does not keep. */
  ofAccount?: boolean;
  /** The patient of the second PID is the patient of the first, and both stay in use. */
  links?: boolean;
  /** The sender no longer keeps this person (`gone`), or does again. */
  person?: 'gone' | 'kept';
  /** The patients of both PIDs are two people after all. */
  separates?: boolean;
};

export const adtEvents: ReadonlyMap<string, AdtEvent> = new Map(
  Object.entries<AdtEvent>({
    A01: { status: 'in-progress', move: 'to', person: 'kept' },
    A02: { status: 'in-progress', move: 'to' },
    A03: { status: 'finished' },
    A04: { status: 'in-progress', move: 'to', person: 'kept' },
    A05: { status: 'planned', person: 'kept' },
    A06: { status: 'in-progress', move: 'to' },
    A07: { status: 'in-progress', move: 'to' },
    A08: {},
    A09: {},
    A10: { status: 'in-progress', move: 'to' },
    A11: { status: 'cancelled' },
    A12: { status: 'in-progress', move: 'back' },
    A13: { status: 'in-progress', reopens: true },
    A14: { status: 'planned' },
    A15: {},
    A16: {},
    A18: { personOnly: true, merges: true },
    A21: { status: 'onleave' },
    A22: { status: 'in-progress' },
    A23: { status: 'entered-in-error' },
    A24: { personOnly: true, links: true },
    A25: {},
    A26: {},
    A27: { status: 'cancelled' },
    A28: { personOnly: true, person: 'kept' },
    A29: { personOnly: true, person: 'gone' },
    A30: { personOnly: true, merges: true },
    A31: { personOnly: true },
    A34: { personOnly: true, merges: true },
    A35: { personOnly: true, ofAccount: true },
    A36: { personOnly: true, merges: true, ofAccount: true },
    A37: { personOnly: true, separates: true },
    A38: { status: 'cancelled' },
    A40: { personOnly: true, merges: true },
    A41: { personOnly: true, ofAccount: true },
    A42: { staysAsOne: 'merged' },
    A45: { movesStay: true },
    A46: { personOnly: true, merges: true },
    A47: { personOnly: true, merges: true },
    A49: { personOnly: true, ofAccount: true },
    A50: { staysAsOne: 'renumbered' },
    A51: { staysAsOne: 'renumbered' },
    A60: { personOnly: true },
  }),
);
