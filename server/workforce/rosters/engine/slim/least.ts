/**
 * How the least of each of some sets of numbers is found with few comparisons: number `size + index` is the lesser of those at
 * `firsts[index]` and `seconds[index]`, and the least of a set is the number at its place in `each`. Sets that share numbers share their
 * comparisons. The number at `size - 1` is Infinity, and is the least of an empty set.
 */
export type Least = { size: number; firsts: number[]; seconds: number[]; each: number[] };

/** Joins the two numbers that most sets have both of, again and again, until each set is one number. Numbers are below `many`. */
export function leastOf(sets: readonly number[][], many: number): Least {
  const size = many + 1;
  const left = sets.map((set) => new Set(set.length === 0 ? [many] : set));
  const together = new Together();
  for (const set of left)
    for (const one of set) for (const other of set) if (one < other) together.change(one, other, 1);
  const firsts: number[] = [];
  const seconds: number[] = [];
  for (let pair = together.most(); pair !== undefined; pair = together.most()) {
    const [first, second] = pair;
    const made = size + firsts.length;
    firsts.push(first);
    seconds.push(second);
    for (const set of left) {
      if (!set.has(first) || !set.has(second)) continue;
      set.delete(first);
      set.delete(second);
      together.change(first, second, -1);
      for (const other of set) {
        together.change(first, other, -1);
        together.change(second, other, -1);
        together.change(made, other, 1);
      }
      set.add(made);
    }
  }
  return { size, firsts, seconds, each: left.flatMap((set) => [...set]) };
}

/** Above any number, so that two make one key. */
const base = 2 ** 26;

/** How many sets have both of two numbers. */
class Together {
  readonly #counts = new Map<number, number>();

  change(one: number, other: number, by: number): void {
    const key = Math.min(one, other) * base + Math.max(one, other);
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }

  /** The two that most sets have; nothing where no set has two. */
  most(): [number, number] | undefined {
    let most = 0;
    let best = 0;
    for (const [key, count] of this.#counts) {
      if (count <= most) continue;
      most = count;
      best = key;
    }
    return most === 0 ? undefined : [Math.floor(best / base), best % base];
  }
}
