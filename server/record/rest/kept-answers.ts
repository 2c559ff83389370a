import { LatestFew } from '../../platform/latest-few.ts';
import type { Dependence } from '../types.ts';
import type { Answer } from './call.ts';

type Note = { dependsOn: Dependence; state?: string; bytes?: Buffer };

/** What a note takes in memory beside its bytes, about: ids, state and key. */
const noteSize = 4_000;

/**
 * Keeps finished answers about a few patients, to send them again as they are. Before each use the state of what an answer
 * depends on is looked up, in one short query that requests share, so that an answer is never older than the record, whichever
 * process wrote to it. The state is looked up before an answer is made and never after. A question asked once leaves a note
 * only; its answer is kept from the second time on.
 */
export class KeptAnswers {
  readonly #notes: LatestFew<Note>;
  readonly #underWay = new Map<string, Promise<Answer>>();
  readonly #stateOf: (on: Dependence) => Promise<string | undefined>;

  constructor(options: { stateOf: (on: Dependence) => Promise<string | undefined>; mostBytes: number }) {
    this.#stateOf = options.stateOf;
    this.#notes = new LatestFew(options.mostBytes);
  }

  /**
   * The answer to the question that `key` names in full: who asks and what they may see is part of it. `make` answers it
   * from the record.
   */
  async answer(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const note = this.#notes.get(key);
    if (note === undefined) return this.#remembered(key, await make());
    const state = await this.#stateOf(note.dependsOn);
    if (state === undefined) {
      this.#notes.delete(key);
      return make();
    }
    if (note.state === state && note.bytes !== undefined)
      return { status: 200, bytes: note.bytes, dependsOn: note.dependsOn };
    // Requests that see the same state share one making; one that sees a newer state starts its own.
    const name = `${state} ${key}`;
    const making =
      this.#underWay.get(name) ??
      this.#make(key, state, note, make).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, making);
    return making;
  }

  async #make(key: string, state: string, note: Note, make: () => Promise<Answer>): Promise<Answer> {
    const answer = await make();
    const { status, dependsOn } = answer;
    const bytes = answer.bytes ?? (answer.json === undefined ? undefined : Buffer.from(answer.json));
    const isKept = status === 200 && isLookedUp(dependsOn) && covers(note.dependsOn, dependsOn);
    if (!isKept || bytes === undefined) return this.#remembered(key, answer);
    this.#notes.set(key, { dependsOn: note.dependsOn, state, bytes }, noteSize + bytes.length);
    return { ...answer, bytes };
  }

  /** Notes what an answer depends on, for the next time. */
  #remembered(key: string, answer: Answer): Answer {
    const { dependsOn } = answer;
    if (!isLookedUp(dependsOn) || answer.status !== 200) this.#notes.delete(key);
    else this.#notes.set(key, { dependsOn }, noteSize);
    return answer;
  }
}

/** The state of a whole type is not looked up. */
const isLookedUp = (on: Dependence | undefined): on is Dependence =>
  on !== undefined && on.types === undefined;

/** True when all that `needed` names is among what was looked at. */
function covers(looked: Dependence, needed: Dependence): boolean {
  const patients = new Set(looked.patients);
  const tokens = new Set(looked.tokens);
  return needed.patients.every((id) => patients.has(id)) && needed.tokens.every((token) => tokens.has(token));
}
