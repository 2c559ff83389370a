/** More names than this are not remembered: then all marks are void, and what they stood for is read again. */
const mostNames = 50_000;

/** What this process changes, by name. A mark is a moment; it tells whether anything was changed since. */
export class Changes {
  readonly #ended = new Map<string, number>();
  readonly #underWay = new Map<string, number>();
  #clock = 1;
  #oldest = 1;

  /** The present moment. Take it before reading. */
  mark(): number {
    return this.#clock;
  }

  /** False when a change under one of these names is under way, or ended after the mark. */
  isUnchanged(mark: number, names: readonly string[]): boolean {
    if (mark < this.#oldest) return false;
    for (const name of names) {
      if (this.#underWay.size > 0 && this.#underWay.has(name)) return false;
      const ended = this.#ended.get(name);
      if (ended !== undefined && ended > mark) return false;
    }
    return true;
  }

  /** A change of these names begins, before it can be seen by others. Gives what is to be called when it has ended, well or not. */
  begin(names: Iterable<string>): () => void {
    const all = new Set(names);
    for (const name of all) this.#underWay.set(name, (this.#underWay.get(name) ?? 0) + 1);
    return () => {
      this.#clock++;
      if (this.#ended.size > mostNames) this.forget();
      for (const name of all) {
        this.#ended.set(name, this.#clock);
        const others = this.#underWay.get(name)! - 1;
        if (others === 0) this.#underWay.delete(name);
        else this.#underWay.set(name, others);
      }
    };
  }

  /** All marks so far are void. */
  forget(): void {
    this.#ended.clear();
    this.#oldest = ++this.#clock;
  }
}
