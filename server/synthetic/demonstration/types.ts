/** How far the demonstration of a data folder is. */
export type Demonstration = {
  /** How many made-up people it is for. */
  people: number;
  /** `making` until everything is loaded, also after a stop half way. */
  state: 'making' | 'ready' | 'failed';
  /** What is being done, in plain words. */
  step: string;
  /** Share of this step that is done, 0 to 1. */
  share: number;
};
