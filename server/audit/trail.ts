/** One access: who wanted to do what, on which route, and what was decided. It holds no person's data. */
export type AuditNote = {
  at: Date;
  subject: string;
  action: string;
  resource: string;
  permitted: boolean;
  reason: string;
};

/** The one place every access passes after it was decided, and before any data leaves. */
export type AuditTrail = {
  note(note: AuditNote): Promise<void>;
  /** How many accesses were permitted and refused since the start. */
  counts(): { permitted: number; refused: number };
};

/**
 * Counts accesses. Durable, provable entries replace the counters together with sign-in; callers already wait for
 * `note` before they answer, so that rule "no audit, no data" needs no change in any route.
 */
export function createAuditTrail(): AuditTrail {
  let permitted = 0;
  let refused = 0;
  return {
    note(note) {
      if (note.permitted) permitted++;
      else refused++;
      return done;
    },
    counts: () => ({ permitted, refused }),
  };
}

const done = Promise.resolve();
