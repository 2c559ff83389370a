/** Tells the time. Rules never ask for it; they are given it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
