import type { Condition } from './actions.ts';

/** What a link that the bundle does not explain stands for. */
export type Resolution =
  | { kind: 'found'; target: string }
  | { kind: 'nothing' }
  | { kind: 'several' }
  | { kind: 'not-understood'; reason: string };

const mostRemembered = 200_000;

/** Looks up conditional references and UUIDs in the record, each once. */
export class Resolver {
  readonly #lookUp: (link: string) => Promise<Resolution>;
  readonly #known = new Map<string, Resolution>();

  constructor(lookUp: (link: string) => Promise<Resolution>) {
    this.#lookUp = lookUp;
  }

  /** What each link stands for. */
  async links(links: readonly string[]): Promise<Map<string, Resolution>> {
    const answers = new Map<string, Resolution>();
    for (const link of links) answers.set(link, await this.#link(link));
    return answers;
  }

  /** What a condition finds. Nothing found is not remembered for long: see `forgetMisses`. */
  async condition(condition: Condition): Promise<Resolution> {
    return this.#link(`${condition.type}?${condition.query}`);
  }

  /** Says what a condition will find once the resource in hand is written. */
  expect(condition: Condition, target: string): void {
    this.#remember(`${condition.type}?${condition.query}`, { kind: 'found', target });
  }

  /** More was written since: what was not found may be there now. */
  forgetMisses(): void {
    for (const [link, answer] of this.#known) if (answer.kind !== 'found') this.#known.delete(link);
  }

  async #link(link: string): Promise<Resolution> {
    const known = this.#known.get(link);
    if (known !== undefined) return known;
    const answer = await this.#lookUp(link);
    this.#remember(link, answer);
    return answer;
  }

  #remember(link: string, answer: Resolution): void {
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(link, answer);
  }
}
