/** One thing looked at. `look`: it works, but think about it. `wrong`: it does not, or data is in danger. */
export type Finding = { state: 'good' | 'look' | 'wrong'; about: string; text: string; wayOut?: string };

export const good = (about: string, text: string): Finding => ({ state: 'good', about, text });
export const look = (about: string, text: string, wayOut: string): Finding => ({
  state: 'look',
  about,
  text,
  wayOut,
});
export const wrong = (about: string, text: string, wayOut: string): Finding => ({
  state: 'wrong',
  about,
  text,
  wayOut,
});

/** A finding as lines for the terminal. */
export function findingText({ state, about, text, wayOut }: Finding): string {
  const mark = { good: 'good ', look: 'LOOK ', wrong: 'WRONG' }[state];
  const line = `${mark}  ${about}: ${text}`;
  return wayOut === undefined ? line : `${line}\n       what to do: ${wayOut}`;
}
