/** Counts pairs of records while records are joined, without looking at each pair. */
export class Joining {
  readonly #parent: Int32Array;
  readonly #truth: Int32Array;
  readonly #members: Map<number, number>[];
  /** Pairs that are together. */
  found = 0;
  /** Those of them that are one person in truth. */
  right = 0;

  /** `truth` says which person each record is about. */
  constructor(truth: Int32Array) {
    this.#truth = truth;
    this.#parent = Int32Array.from(truth.keys());
    this.#members = Array.from(truth, (person) => new Map([[person, 1]]));
  }

  rootOf(record: number): number {
    let root = record;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = record; at !== root;) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  areTogether(a: number, b: number): boolean {
    return this.rootOf(a) === this.rootOf(b);
  }

  /** Puts two records, and all that are with them, together. */
  join(a: number, b: number): void {
    let [into, from] = [this.rootOf(a), this.rootOf(b)];
    if (into === from) return;
    if (this.#members[into]!.size < this.#members[from]!.size) [into, from] = [from, into];
    const [large, small] = [this.#members[into]!, this.#members[from]!];
    this.found += sizeOf(large) * sizeOf(small);
    for (const [person, count] of small) {
      const there = large.get(person) ?? 0;
      this.right += there * count;
      large.set(person, there + count);
    }
    small.clear();
    this.#parent[from] = into;
  }

  /** How many people in truth are together with this record. */
  peopleWith(record: number): number {
    return this.#members[this.rootOf(record)]!.size;
  }

  isTrue(a: number, b: number): boolean {
    return this.#truth[a] === this.#truth[b];
  }
}

function sizeOf(members: ReadonlyMap<number, number>): number {
  let size = 0;
  for (const count of members.values()) size += count;
  return size;
}

/** The records of each group, by the number of the group. */
export function gathered(groups: Int32Array): number[][] {
  const members: number[][] = [];
  groups.forEach((group, record) => (members[group] ??= []).push(record));
  return members.filter((each) => each !== undefined);
}

/** Visits each pair of a list once. */
export function forEachPair(records: readonly number[], visit: (a: number, b: number) => void): void {
  for (let i = 0; i < records.length; i++)
    for (let j = i + 1; j < records.length; j++) visit(records[i]!, records[j]!);
}
