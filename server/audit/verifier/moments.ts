/** A time may seem this much later than what came after it, because clocks of machines differ. */
const clockToleranceMs = 300_000;
/** An event may be so much older than the closing before it: a long write waited to be committed. */
const longestWaitMs = 3_600_000;

/** True when an event claims to be later than the closing behind it, or its time is none. */
export const isLaterThan = (at: string, closedAt: number): boolean =>
  !(Date.parse(at) <= closedAt + clockToleranceMs);

/** True when an event claims to be much earlier than the closing before it: it was put in later, or a clock was changed. */
export const isEarlierThan = (at: string, closedBefore: number): boolean =>
  !(Date.parse(at) >= closedBefore - longestWaitMs);
