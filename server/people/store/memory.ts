import type { Tx } from '../../platform/db/index.ts';
import type { Normalised } from '../matching/index.ts';
import type { Link, Member } from '../types.ts';
import { changesSince, type ChangedText, type Look, type Moment } from './changes.ts';

/** A patient as it was read. */
export type Known = { member: Member | undefined; link: Link | undefined };

/** Who stands under a key; undefined where too many do. */
export type Block = readonly string[] | undefined;

/** So many are remembered for certain; what was not asked for since as many others came is forgotten. */
const mostPatients = 10_000;
const mostKeys = 50_000;

/**
 * What a process has read of patients in one database, and who stands under which key. Each transaction asks first what others
 * changed since (`open`), so that what it is given is what it would have read. Without it a group of arriving patients reads again
 * all who are alike.
 */
export class Memory {
  readonly #patients = new Recent<Known>(mostPatients);
  readonly #blocks = new Recent<string[] | 'full'>(mostKeys);
  readonly #normalised = new Recent<Normalised>(mostPatients);
  /** All that is remembered was so at this moment of this run of the server, or later. */
  #seen: Moment | undefined;
  #looks = 0;
  /** Views that may still keep something they read, by the look they began with. */
  readonly #open = new Set<number>();
  /** What later looks found changed: an open view that began before keeps nothing of it. Null: everything. */
  #changed: { look: number; names: ReadonlySet<string> | null }[] = [];

  /** What a transaction may use without reading it. One that has changed who patients are reads everything itself. */
  async open(tx: Tx, largestBlock: number): Promise<View> {
    if (tx.distributed || hasChanged.has(tx)) return new View(this.#normalised);
    const earlier = this.#seen;
    const found = await changesSince(tx, earlier);
    const look = ++this.#looks;
    this.#open.add(look);
    tx.onEnd(() => this.#closed(look));
    this.#learn(found, { earlier, look, largestBlock });
    const isOlder = (name: string): boolean =>
      this.#changed.some(({ look: other, names }) => other > look && (names === null || names.has(name)));
    return new View(this.#normalised, {
      patients: this.#patients,
      blocks: this.#blocks,
      mayKeep: (name) => !hasChanged.has(tx) && !isOlder(name),
    });
  }

  /** `earlier` is the moment that was asked about: another look may have been learned since. */
  #learn(
    found: Look,
    { earlier, look, largestBlock }: { earlier: Moment | undefined; look: number; largestBlock: number },
  ): void {
    this.#seen = { snapshot: found.snapshot, started: found.started, own: found.own };
    const isTold = earlier !== undefined && earlier.started === found.started && reachesBack(found, earlier);
    if (!isTold || found.changes.includes(null)) {
      this.#patients.clear();
      this.#blocks.clear();
      this.#changed.push({ look, names: null });
      return;
    }
    const names = new Set<string>();
    for (const changed of found.changes) this.#apply(changed!, names, largestBlock);
    // What somebody left is read again, whatever was added to it.
    for (const changed of found.changes) for (const key of changed!.keys) this.#blocks.delete(key);
    this.#changed.push({ look, names });
  }

  #apply({ patients, joined, keys }: NonNullable<ChangedText>, names: Set<string>, most: number): void {
    for (const id of patients) {
      names.add(id);
      this.#patients.delete(id);
    }
    for (const key of keys) names.add(key);
    for (const [id, under] of Object.entries(joined)) {
      names.add(id);
      this.#patients.delete(id);
      for (const key of under) {
        names.add(key);
        const block = this.#blocks.get(key);
        if (block === undefined || block === 'full' || block.includes(id)) continue;
        if (block.length >= most) this.#blocks.set(key, 'full');
        else block.push(id);
      }
    }
  }

  #closed(look: number): void {
    this.#open.delete(look);
    const oldest = Math.min(...this.#open);
    this.#changed = this.#changed.filter((changed) => changed.look > oldest);
  }
}

/** Transactions that have changed who patients are, and see what nobody else does yet. */
const hasChanged = new WeakSet<object>();

/** From now on this transaction reads for itself, and nothing it reads is remembered. */
export function noteChange(tx: Tx): void {
  hasChanged.add(tx);
}

/** True when no row is gone that tells of a change since the moment that was seen. A snapshot begins with its oldest open transaction. */
function reachesBack({ oldest }: Look, { snapshot }: Moment): boolean {
  return oldest === null || BigInt(oldest) <= BigInt(snapshot.slice(0, snapshot.indexOf(':')));
}

type Shared = {
  patients: Recent<Known>;
  blocks: Recent<string[] | 'full'>;
  mayKeep(name: string): boolean;
};

/** What one transaction may use of what is remembered, and add to it. Without anything shared it remembers nothing. */
export class View {
  readonly #normalised: Recent<Normalised>;
  readonly #shared: Shared | undefined;

  constructor(normalised = new Recent<Normalised>(mostPatients), shared?: Shared) {
    this.#normalised = normalised;
    this.#shared = shared;
  }

  patient(id: string): Known | undefined {
    return this.#shared?.patients.get(id);
  }

  keepPatient(id: string, known: Known): void {
    if (this.#shared?.mayKeep(id) === true) this.#shared.patients.set(id, known);
  }

  /** Undefined when it is not remembered. */
  block(key: string): { patients: Block } | undefined {
    const block = this.#shared?.blocks.get(key);
    return block === undefined ? undefined : { patients: block === 'full' ? undefined : block };
  }

  keepBlock(key: string, patients: Block): void {
    if (this.#shared?.mayKeep(key) === true)
      this.#shared.blocks.set(key, patients === undefined ? 'full' : [...patients]);
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
  readonly #most: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#most && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
