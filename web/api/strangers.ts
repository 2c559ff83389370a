/** What the API answers about somebody whom nothing ties to whoever asks. */
export type Ways =
  | { state: 'open' }
  | { state: 'closed'; mayClaim: boolean; mayBreak: boolean; says: string[]; waysOut: string[] };

export type Identified = { person: string; ways: Ways; claimHours: number | null };
