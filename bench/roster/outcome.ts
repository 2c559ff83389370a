/** The name of our engine among the solvers. */
export const ourName = 'OpenICS';

/** What one solver did with one instance. The score is the independent checker's. */
export type Outcome = {
  /** 'failed': the program ended with a fault. */
  score: number | 'not legal' | 'none' | 'failed';
  bound: number | undefined;
  wall: number;
  processor: number;
};
