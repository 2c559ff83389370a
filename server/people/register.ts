/**
 * What one transaction knows of patients, links and ties, and what it changes of them. Rules work on it in memory; at the end
 * only what differs from before is written.
 */
import type { CopyPart, Queryable, Tx } from '../platform/db/index.ts';
import { placesOf, reachOf, type Place } from './clusters.ts';
import {
  endLinks,
  forgetPersons,
  knownPersons,
  lastSeqs,
  linkRows,
  patientsOfPersons,
  personRows,
} from './store/links.ts';
import { knownOf } from './store/known.ts';
import { forgetMembers, memberRows } from './store/members.ts';
import { changeRows, type Changed } from './store/changes.ts';
import { noteChange, View } from './store/memory.ts';
import { endTies, tieKey, tieRows, tiesOf } from './store/ties.ts';
import { outboxRows } from '../platform/events/index.ts';
import { changeOf, eventsOf, type LinkChange } from './link-changes.ts';
import type { Link, Member, Tie } from './types.ts';

/** Where a patient now belongs, before it is a row. */
export type Standing = Pick<
  Link,
  'personId' | 'method' | 'via' | 'model' | 'weight' | 'decidedBy' | 'reason'
>;

export class Register {
  readonly #db: Queryable;
  readonly #at: Date;
  readonly #by: string;
  /** What may be used without reading it. */
  readonly view: View;
  readonly members = new Map<string, Member>();
  readonly #linksBefore = new Map<string, Link>();
  readonly #standings = new Map<string, Standing>();
  readonly #ofPerson = new Map<string, Set<string>>();
  readonly #ties = new Map<string, Tie>();
  readonly #tiesAt = new Map<string, Set<string>>();
  readonly #neverWritten = new Set<string>();
  readonly #loaded = new Set<string>();
  readonly #tiesLoaded = new Set<string>();
  readonly #personsLoaded = new Set<string>();
  readonly #moved = new Set<string>();
  readonly #since = new Map<string, Date>();
  readonly #stored = new Map<string, { member: Member; keys: readonly string[]; replaces: boolean }>();
  readonly #newTies = new Map<string, Tie>();
  readonly #endedTies = new Map<string, Tie>();
  #ord: number;

  constructor(db: Queryable, at: Date, by: string, view = new View()) {
    this.#db = db;
    this.#at = at;
    this.#by = by;
    this.view = view;
    this.#ord = at.getTime() * 1000;
  }

  /** The next number in the order of ties. */
  nextOrd(): number {
    return this.#ord++;
  }

  /** Loads what is kept of these patients, and their links. */
  async load(patientIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(patientIds)].filter((id) => !this.#loaded.has(id));
    if (wanted.length === 0) return;
    for (const id of wanted) this.#loaded.add(id);
    const { members, links } = await knownOf(this.#db, wanted, this.view);
    for (const [id, member] of members) if (!this.members.has(id)) this.members.set(id, member);
    for (const [id, link] of links) {
      this.#linksBefore.set(id, link);
      this.#standings.set(id, link);
      this.#put(link.personId, id);
    }
  }

  /** Loads all patients of these persons. */
  async loadPersons(personIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(personIds)].filter((id) => !this.#personsLoaded.has(id));
    if (wanted.length === 0) return;
    for (const id of wanted) this.#personsLoaded.add(id);
    const patients = await patientsOfPersons(this.#db, wanted);
    await this.load([...patients.values()].flat());
  }

  /** Loads everything that ties lead to from these patients, however far, and the whole persons on the way. */
  async loadReach(patientIds: Iterable<string>): Promise<void> {
    let front = [...new Set(patientIds)];
    for (;;) {
      await this.load(front);
      await this.loadPersons(front.flatMap((id) => this.#standings.get(id)?.personId ?? []));
      const companions = front.flatMap((id) => this.patientsOf(this.personOf(id) ?? ''));
      const wanted = [...new Set([...front, ...companions])].filter((id) => !this.#tiesLoaded.has(id));
      if (wanted.length === 0) return;
      for (const id of wanted) this.#tiesLoaded.add(id);
      const found = await tiesOf(this.#db, wanted);
      for (const tie of found) this.#addTie(tie);
      front = found.flatMap((tie) => [tie.patientId, tie.otherId]);
    }
  }

  /** A patient that was never written: nothing of it needs to be read. */
  expect(patientId: string): void {
    this.#neverWritten.add(patientId);
    this.#loaded.add(patientId);
    this.#tiesLoaded.add(patientId);
  }

  personOf(patientId: string): string | undefined {
    return this.#standings.get(patientId)?.personId;
  }

  /** The patients of a person, as far as they were loaded. */
  patientsOf(personId: string): string[] {
    return [...(this.#ofPerson.get(personId) ?? [])];
  }

  /** The ties of a patient that are loaded and not ended. */
  tiesOf(patientId: string): Tie[] {
    return [...(this.#tiesAt.get(patientId) ?? [])].map((key) => this.#ties.get(key)!);
  }

  /** Keeps a patient's particulars and the keys under which it is found. */
  store(member: Member, keys: readonly string[]): void {
    const replaces = this.members.has(member.patientId);
    this.members.set(member.patientId, member);
    this.#stored.set(member.patientId, { member, keys, replaces });
  }

  tie(tie: Tie): void {
    this.#newTies.set(tieKey(tie), tie);
    this.#addTie(tie);
  }

  untie(tie: Tie): void {
    const key = tieKey(tie);
    this.#ties.delete(key);
    this.#tiesAt.get(tie.patientId)?.delete(key);
    this.#tiesAt.get(tie.otherId)?.delete(key);
    if (!this.#newTies.delete(key)) this.#endedTies.set(key, tie);
  }

  /** Puts a patient into a person, or out of every person. `since` is when that began, where it is not now. */
  place(patientId: string, standing: Standing | undefined, since?: Date): void {
    const before = this.#standings.get(patientId);
    if (before !== undefined) this.#ofPerson.get(before.personId)?.delete(patientId);
    this.#moved.add(patientId);
    if (since !== undefined) this.#since.set(patientId, since);
    if (standing === undefined) {
      this.#standings.delete(patientId);
      return;
    }
    this.#standings.set(patientId, standing);
    this.#put(standing.personId, patientId);
  }

  /** Works out afresh which patients are one person, among all that ties lead to from these. Their reach must be loaded. */
  settle(patientIds: Iterable<string>, since?: Date): void {
    const reach = reachOf(patientIds, {
      companionsOf: (id) => this.patientsOf(this.personOf(id) ?? ''),
      tiesOf: (id) => this.tiesOf(id),
    });
    const nodes = [...reach].flatMap((id) => this.members.get(id) ?? []);
    const places = placesOf(nodes, new Set([...reach].flatMap((id) => this.tiesOf(id))));
    for (const { patientId } of nodes) this.#replace(patientId, places.get(patientId), since);
  }

  #replace(patientId: string, place: Place | undefined, since?: Date): void {
    const before = this.#standings.get(patientId);
    if (place === undefined) {
      if (before !== undefined) this.place(patientId, undefined, since);
      return;
    }
    const standing = this.standingBy(patientId, place);
    const same =
      before?.personId === standing.personId &&
      before.method === standing.method &&
      before.via === standing.via;
    if (!same) this.place(patientId, standing, since);
  }

  /** How a patient stands at a place. */
  standingBy(patientId: string, { personId, via }: Place): Standing {
    if (via === undefined) {
      return {
        personId,
        method: 'alone',
        via: undefined,
        model: undefined,
        weight: undefined,
        decidedBy: this.#by,
        reason: undefined,
      };
    }
    return {
      personId,
      method: via.method as Link['method'],
      via: via.patientId === patientId ? via.otherId : via.patientId,
      model: via.model,
      weight: via.weight,
      decidedBy: via.decidedBy,
      reason: via.reason,
    };
  }

  /** What became of links, compared with before. */
  changes(seqs: ReadonlyMap<string, number>): LinkChange[] {
    return [...this.#moved].flatMap((patientId) => {
      const before = this.#linksBefore.get(patientId);
      const change = changeOf(before, this.#standings.get(patientId), {
        patientId,
        at: this.#at,
        since: this.#since.get(patientId) ?? this.#at,
        seq: before?.seq ?? seqs.get(patientId) ?? 0,
      });
      return change ?? [];
    });
  }

  /** Writes all changes. Gives the rows that the caller must copy in the same transaction. */
  async write(tx: Tx): Promise<CopyPart[]> {
    const unlinked = [...this.#moved].filter((id) => !this.#linksBefore.has(id));
    const returning = unlinked.filter((id) => !this.#neverWritten.has(id));
    const changes = this.changes(await lastSeqs(tx, returning));
    await endLinks(
      tx,
      changes.flatMap((change) => change.ended ?? []),
      this.#at,
      this.#by,
    );
    const left = new Set(changes.flatMap(({ ended }) => ended?.personId ?? []));
    await forgetPersons(
      tx,
      [...left].filter((personId) => this.patientsOf(personId).length === 0),
    );
    await endTies(tx, [...this.#endedTies.values()], this.#at, this.#by);
    const stored = [...this.#stored.values()];
    const keysLeft = await forgetMembers(
      tx,
      stored.filter(({ replaces }) => replaces).map(({ member }) => member.patientId),
    );
    noteChange(tx);
    return [
      ...personRows(await this.#newPersons(changes), this.#at),
      ...linkRows(changes.flatMap((change) => change.added)),
      ...memberRows(
        stored.map(({ member }) => member),
        (patientId) => this.#stored.get(patientId)!.keys,
        this.#at,
      ),
      ...tieRows([...this.#newTies.values()]),
      ...outboxRows(changes.flatMap((change) => eventsOf(change, this.#at))),
      ...changeRows(this.#changed(keysLeft), this.#at),
    ];
  }

  /** What others must know of. Who stood under keys before is told as having left all, to be read again. */
  #changed(keysLeft: readonly string[]): Changed {
    const joined = new Map<string, readonly string[]>();
    const keys = new Set(keysLeft);
    for (const [patientId, { keys: under, replaces }] of this.#stored) {
      if (replaces) for (const key of under) keys.add(key);
      else joined.set(patientId, under);
    }
    const patients = [...new Set([...this.#moved, ...this.#stored.keys()])];
    return { patients, joined, keys: [...keys] };
  }

  async #newPersons(changes: readonly LinkChange[]): Promise<Set<string>> {
    const persons = new Set(changes.flatMap(({ added }) => added.map(({ personId }) => personId)));
    for (const link of this.#linksBefore.values()) persons.delete(link.personId);
    const fresh = new Set(
      [...this.#stored.values()].filter(({ replaces }) => !replaces).map(({ member }) => member.homeId),
    );
    const known = await knownPersons(
      this.#db,
      [...persons].filter((personId) => !fresh.has(personId)),
    );
    return new Set([...persons].filter((personId) => !known.has(personId)));
  }

  #put(personId: string, patientId: string): void {
    const patients = this.#ofPerson.get(personId);
    if (patients === undefined) this.#ofPerson.set(personId, new Set([patientId]));
    else patients.add(patientId);
  }

  #addTie(tie: Tie): void {
    const key = tieKey(tie);
    if (this.#endedTies.has(key)) return;
    this.#ties.set(key, tie);
    for (const end of [tie.patientId, tie.otherId]) {
      const keys = this.#tiesAt.get(end);
      if (keys === undefined) this.#tiesAt.set(end, new Set([key]));
      else keys.add(key);
    }
  }
}
