import type { Normalised } from '../matching/index.ts';
import type { Link, Member } from '../types.ts';

/** A patient as it was read, and what names the version that was read. */
export type Known = {
  member: Member | undefined;
  writtenBy: string | undefined;
  place: string | undefined;
  link: Link | undefined;
};

/** So many patients are remembered for certain; one that was not asked for since as many others came is forgotten. */
const mostPatients = 10_000;

/**
 * What a process has read of patients in one database. Nothing in it is taken for true without asking: see `knownOf`. Without it a
 * group of arriving patients reads again all who are alike.
 */
export class Memory {
  readonly #patients = new Recent<Known>();
  readonly #normalised = new Recent<Normalised>();

  get(patientId: string): Known | undefined {
    return this.#patients.get(patientId);
  }

  set(patientId: string, known: Known): void {
    this.#patients.set(patientId, known);
  }

  /** The normal form with this text: one object for equal texts, so that what is found for a pair holds for all pairs like it. */
  normalised(body: string, value?: Normalised): Normalised {
    const known = this.#normalised.get(body);
    if (known !== undefined) return known;
    const made = value ?? (JSON.parse(body) as Normalised);
    this.#normalised.set(body, made);
    return made;
  }
}

/** Remembers what was asked for lately. */
class Recent<Value> {
  #young = new Map<string, Value>();
  #old: ReadonlyMap<string, Value> = new Map();

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= mostPatients && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
