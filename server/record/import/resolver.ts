import { Problem } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Condition } from './actions.ts';
import { uuidOf } from './identity.ts';
import { isResourceType } from '../resource-types.ts';
import { typesOf } from './store-lookups.ts';

/** What one search finds: the ids, two at most. */
export type Matcher = (condition: Condition) => Promise<string[]>;

/** What a link that the bundle does not explain stands for. */
export type Resolution =
  | { kind: 'found'; target: string }
  | { kind: 'nothing' }
  | { kind: 'several' }
  | { kind: 'not-understood'; reason: string };

/** What is read but not yet written. */
export type PendingWrites = {
  /** Writes it when it may hold what a link stands for. True when it was written. */
  writeIfHolding(link: string): Promise<boolean>;
};

const mostRemembered = 200_000;

/** Looks up conditional references and UUIDs in the record, each once. */
export class Resolver {
  readonly #db: Queryable;
  readonly #match: Matcher;
  readonly #pending: PendingWrites;
  readonly #known = new Map<string, Resolution>();

  constructor(db: Queryable, match: Matcher, pending: PendingWrites) {
    this.#db = db;
    this.#match = match;
    this.#pending = pending;
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
    let answer = await this.#ask(link);
    if (answer.kind === 'nothing' && (await this.#pending.writeIfHolding(link)))
      answer = await this.#ask(link);
    this.#remember(link, answer);
    return answer;
  }

  async #ask(link: string): Promise<Resolution> {
    const id = uuidOf(link);
    if (id !== undefined) return resolutionOf((await typesOf(this.#db, id)).map((type) => `${type}/${id}`));
    const at = link.indexOf('?');
    if (at === -1) return { kind: 'nothing' };
    const type = link.slice(0, at);
    if (!isResourceType(type))
      return { kind: 'not-understood', reason: 'FHIR R4 has no resource of this type.' };
    try {
      const ids = await this.#match({ type, query: link.slice(at + 1) });
      return resolutionOf(ids.map((each) => `${type}/${each}`));
    } catch (error) {
      if (error instanceof Problem && error.status === 400)
        return { kind: 'not-understood', reason: error.message };
      throw error;
    }
  }

  #remember(link: string, answer: Resolution): void {
    if (this.#known.size >= mostRemembered) this.#known.clear();
    this.#known.set(link, answer);
  }
}

function resolutionOf(targets: string[]): Resolution {
  if (targets.length === 0) return { kind: 'nothing' };
  return targets.length === 1 ? { kind: 'found', target: targets[0]! } : { kind: 'several' };
}
