/** Something that is tried again and again, with what it gained of late and the effort that took. */
export type Tried = { gained: number; spent: number };

/**
 * One not tried yet; otherwise the one that gained most for its effort, with what each is hoped to gain besides, or, with some chance,
 * any. The hope lets one that gained long ago give way to those that were tried less.
 */
export function nextTry<T extends Tried>(
  list: readonly T[],
  { chance, hope }: { chance: number; hope: number },
  random: () => number,
): T {
  const rate = ({ gained, spent }: T): number => (gained + hope) / spent;
  const untried = list.filter(({ spent }) => spent === 0);
  const some = untried.length > 0 ? untried : list;
  if (untried.length > 0 || random() < chance) return some[Math.floor(random() * some.length)] as T;
  return some.reduce((best, other) => (rate(other) > rate(best) ? other : best));
}

/** Takes in what a try gained and took; of what was before, the share `memory` still counts. */
export function learnTry(tried: Tried, memory: number, gained: number, spent: number): void {
  tried.gained = tried.gained * memory + gained;
  tried.spent = tried.spent * memory + spent + 1;
}
