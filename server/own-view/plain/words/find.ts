/** A pattern for names, and what is said of what fits it. The first that fits counts. */
export type Saying = readonly [names: RegExp, says: string];

/** What is said of a thing with this name; undefined where we have no words for it. */
export const findWords = (sayings: readonly Saying[], name: string): string | undefined =>
  sayings.find(([names]) => names.test(name))?.[1];
