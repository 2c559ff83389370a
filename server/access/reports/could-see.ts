import { decide } from '../decide/decide.ts';
import type { CompiledPolicy } from '../compiled.ts';
import type { Context, Decision, Effect, Item, Party, PersonFacts, Reason, Worker } from '../types.ts';
import { dataClasses, labels, type DataClass, type Label, type Purpose } from '../words.ts';
import type { Shape } from './shapes.ts';

/** What of a record is asked about: a class of data with nothing sensitive in it, or a label. */
export const columns = [
  ...dataClasses.filter((each) => each !== 'directory').map((name) => ({ kind: 'class', name }) as const),
  ...labels.map((name) => ({ kind: 'label', name }) as const),
];
export type Column = { kind: 'class'; name: DataClass } | { kind: 'label'; name: Label };

/** What users who hold the same post could see: for each column whether, and the best reason there is. */
export type CouldSee = {
  role: string;
  organisation: Party;
  teams: readonly string[];
  users: number;
  /** One effect for each column, in their order. */
  effects: Effect[];
  /** Why, where anything is permitted; else why the glass may be broken. */
  reason: Reason | null;
};

/** Purposes for which somebody looks at one named person's record. */
const purposes: readonly Purpose[] = ['TREAT', 'THREAT', 'HDECD', 'HCOMPL'];
const better: Record<Effect, number> = { deny: 0, 'break-glass': 1, permit: 2 };

/**
 * What everybody with a post could see of a person at a moment, by the one rule that decides all requests. Holders are the organisations
 * that said something of the person: what is open of one of them counts as open.
 */
export function couldSee(
  shapes: readonly (Shape & { party: Party })[],
  about: PersonFacts,
  holders: readonly Party[],
  policy: CompiledPolicy,
  when: Pick<Context, 'at' | 'day'>,
): CouldSee[] {
  const contexts = purposes.map((purpose): Context => ({
    ...when,
    purpose,
    signIn: 'AAL3',
    app: null,
    byPlace: false,
    project: null,
  }));
  const items = columns.map((column) => holders.map((holder) => itemOf(column, holder, about)));
  return shapes.map((shape) => {
    const worker = workerOf(shape, when.at);
    const found = items.map((held) => bestOf(worker, held, contexts, policy));
    const best = found.toSorted((a, b) => better[b.effect] - better[a.effect])[0];
    return {
      role: shape.role,
      organisation: shape.party,
      teams: shape.teams,
      users: shape.users,
      effects: found.map(({ effect }) => effect),
      reason: best === undefined || best.effect === 'deny' ? null : (best.reasons.at(-1) ?? null),
    };
  });
}

function bestOf(
  worker: Worker,
  items: readonly Item[],
  contexts: readonly Context[],
  policy: CompiledPolicy,
): Decision {
  let best: Decision | undefined;
  for (const context of contexts) {
    for (const item of items) {
      const decision = decide(worker, 'read', item, context, policy);
      if (decision.effect === 'permit') return decision;
      if (best === undefined || better[decision.effect] > better[best.effect]) best = decision;
    }
  }
  return best ?? { effect: 'deny', silent: false, obligations: [], reasons: [] };
}

const itemOf = (column: Column, holder: Party, about: PersonFacts): Item => ({
  dataClass: column.kind === 'class' ? column.name : 'conditions',
  type: 'Basic',
  holder,
  labels: column.kind === 'label' ? [column.name] : [],
  seal: null,
  form: 'identifiable',
  about,
});

const workerOf = ({ role, teams, party, user, person }: Shape & { party: Party }, at: number): Worker => ({
  kind: 'staff',
  id: user ?? 'nobody-in-particular',
  person,
  post: { role, organisation: party, teams, from: at, to: null },
});
