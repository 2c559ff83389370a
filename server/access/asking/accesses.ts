import type { Action, Decision, PersonId } from '../types.ts';
import type { Purpose } from '../words.ts';
import type { Changed, Piece, Shown } from './types.ts';

/** What one request did to one person, for the audit log. */
export type Access = {
  /** Null where what it changed is about nobody. */
  person: PersonId | null;
  kind: Shown['kind'] | Changed['kind'];
  purpose: Purpose;
  outcome: 'permitted' | 'refused';
  /** The FHIR types concerned. */
  types: readonly string[];
  /** The rule that permitted or refused it, where it was asked about by itself; else what was done. */
  rule: string | null;
  /** Why, in the user's own words. */
  reason?: string | undefined;
};

/** Gathers what one request shows, changes and is refused. */
export type Accesses = {
  /** Which person a patient is. */
  meet(patientId: string, person: PersonId): void;
  decided(purpose: Purpose, action: Action, piece: Piece, decision: Decision): void;
  shown(purpose: Purpose, shown: Shown): void;
  /** What a transaction is about to change, by itself. */
  of(purpose: Purpose, changed: readonly Changed[]): Access[];
  /** These are on record already, in the transaction that made them. */
  areOnRecord(accesses: readonly Access[]): void;
  /** True when something of this request is on record already. */
  isOnRecord(): boolean;
  /**
   * What is still to be put on record: one access for each person and kind of act; nothing is left out. A refusal counts where nothing of that person was shown: what is
   * kept back within a record that is shown is no refusal.
   */
  all(): Access[];
};

const kinds: Record<Action, Access['kind']> = {
  read: 'read',
  search: 'search',
  write: 'update',
  delete: 'delete',
  export: 'export',
  operate: 'operate',
};

type About = Pick<Access, 'person' | 'kind' | 'purpose' | 'reason'>;
type Draft = About & { outcome?: 'refused' | undefined; types: Set<string>; rule: string | null };

export function gatherAccesses(): Accesses {
  const persons = new Map<string, PersonId>();
  const shown = new Map<string, Draft>();
  const refused = new Map<string, Draft>();
  const ruleOf = new Map<PersonId, string>();
  const onRecord = new Set<PersonId | null>();

  const personOf = (patientId: string): PersonId => persons.get(patientId) ?? patientId;
  const permittedBy = (person: PersonId | null): string | null =>
    (person === null ? undefined : ruleOf.get(person)) ?? null;
  const add = (to: Map<string, Draft>, about: Omit<Draft, 'types' | 'rule'>, type: string, act = '') => {
    const key = `${about.kind} ${about.purpose} ${about.person} ${act}`;
    let draft = to.get(key);
    if (draft === undefined) to.set(key, (draft = { ...about, types: new Set(), rule: null }));
    draft.types.add(type);
    return draft;
  };

  return {
    meet: (patientId, person) => void persons.set(patientId, person),
    decided(purpose, action, { patientId, type }, { effect, reasons }) {
      if (patientId === null) return;
      const person = personOf(patientId);
      const rule = reasons[0]?.rule ?? null;
      if (effect === 'permit') {
        if (rule !== null && !ruleOf.has(person)) ruleOf.set(person, rule);
      } else add(refused, { person, kind: kinds[action], purpose }, type).rule ??= rule;
    },
    shown: (purpose, { kind, patientId, type }) =>
      void add(shown, { person: personOf(patientId), kind, purpose }, type),
    of(purpose, changed) {
      const drafts = new Map<string, Draft>();
      for (const each of changed) {
        const { kind, outcome, patientId, person, type, rule, reason, purpose: own = purpose } = each;
        const whose = person ?? (patientId === null ? null : personOf(patientId));
        add(drafts, { person: whose, kind, purpose: own, reason, outcome }, type, rule).rule ??= rule ?? null;
      }
      return [...drafts.values()].map((draft) =>
        accessOf(draft, draft.outcome ?? 'permitted', draft.rule ?? permittedBy(draft.person)),
      );
    },
    areOnRecord(accesses) {
      for (const { person } of accesses) onRecord.add(person);
    },
    isOnRecord: () => onRecord.size > 0,
    all() {
      const seen = new Set([...onRecord, ...[...shown.values()].map(({ person }) => person)]);
      const kept = [...refused.values()].filter(({ person }) => !seen.has(person));
      return [
        ...[...shown.values()].map((draft) => accessOf(draft, 'permitted', permittedBy(draft.person))),
        ...kept.map((draft) => accessOf(draft, 'refused', draft.rule)),
      ];
    },
  };
}

const accessOf = ({ types, ...draft }: Draft, outcome: Access['outcome'], rule: string | null): Access => ({
  ...draft,
  outcome,
  types: [...types].toSorted(),
  rule,
});
