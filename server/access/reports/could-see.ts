import { decide, outcomeOf } from '../decide/decide.ts';
import type { CompiledPolicy } from '../compiled.ts';
import type { Context, Effect, Item, Party, PersonFacts, Reason, Worker } from '../types.ts';
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
  const keyOf = likeness(about, holders, policy);
  const alike = new Map<string, Best[]>();
  return shapes.map((shape) => {
    const worker = workerOf(shape, when.at);
    const key = keyOf(shape);
    let found = alike.get(key);
    if (found === undefined) alike.set(key, (found = bestOf(worker, items, contexts, policy)));
    const best = found.toSorted((a, b) => better[b.effect] - better[a.effect])[0];
    return {
      role: shape.role,
      organisation: shape.party,
      teams: shape.teams,
      users: shape.users,
      effects: found.map(({ effect }) => effect),
      reason: best === undefined ? null : reasonOf(worker, best, policy),
    };
  });
}

/** The best outcome there is for a column, and what was asked to get it. */
type Best = { effect: Effect; asked: { item: Item; context: Context } | null };

/** Purpose by purpose, because which agreements hold between two organisations is kept for one purpose. */
function bestOf(
  worker: Worker,
  items: readonly (readonly Item[])[],
  contexts: readonly Context[],
  policy: CompiledPolicy,
): Best[] {
  const found = items.map((): Best => ({ effect: 'deny', asked: null }));
  for (const context of contexts)
    for (const [column, held] of items.entries())
      for (const item of held) {
        const best = found[column]!;
        if (best.effect === 'permit') break;
        const effect = outcomeOf(worker, 'read', item, context, policy);
        if (better[effect] > better[best.effect]) found[column] = { effect, asked: { item, context } };
      }
  return found;
}

const reasonOf = (worker: Worker, { asked }: Best, policy: CompiledPolicy): Reason | null =>
  asked === null ? null : (decide(worker, 'read', asked.item, asked.context, policy).reasons.at(-1) ?? null);

/**
 * What makes posts alike: rules know a role by its profile, and tell an organisation and a team from others of its kind in the same
 * bodies only where the person, an agreement or the record names it.
 */
function likeness(about: PersonFacts, holders: readonly Party[], policy: CompiledPolicy) {
  const named = new Set([
    ...holders.map(({ id }) => id),
    ...about.relationships.map(({ organisation }) => organisation),
    ...about.choices.map(({ organisation }) => organisation),
    ...about.employers,
    ...policy.agreements.flatMap(({ parties }) => parties),
  ]);
  const teams = new Set(about.relationships.map(({ team }) => team));
  const profiles = new Map([...new Set(policy.profileOfRole.values())].map((one, index) => [one, index]));
  return ({ role, party, teams: own, user }: Shape & { party: Party }): string => {
    const profile = policy.profileOfRole.get(role);
    return JSON.stringify([
      profile === undefined ? role : profiles.get(profile),
      party.kind,
      party.bodies,
      named.has(party.id) ? party.id : null,
      own.filter((team) => teams.has(team)),
      user,
    ]);
  };
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
