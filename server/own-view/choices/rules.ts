import type { ChoiceKind, Told, Telling } from '../../access/index.ts';

/** The choices a person makes by themselves. Agreeing to a project is asked by the project, and blocking one user by the list of looks. */
export const ownChoices = [
  'objects-to-sharing',
  'objects-even-in-emergency',
  'blocks-organisation',
  'national-data-opt-out',
  'type-1-opt-out',
] as const satisfies readonly ChoiceKind[];
export type OwnChoice = (typeof ownChoices)[number];

export type ChoiceNow = { kind: ChoiceKind; organisation: string | null; since: number };
export type ChoiceEvent = {
  kind: ChoiceKind;
  organisation: string | null;
  at: number;
  act: 'said' | 'took-back';
};

type Fact = Told<Telling['choice']>;

const nameOf = ({ kind, organisation }: { kind: ChoiceKind; organisation: string | null }): string =>
  `${kind} ${organisation ?? ''}`;

/** The choices in force at a moment, each once, however many records of the person carry it. */
export function choicesAt(facts: readonly Fact[], at: number): ChoiceNow[] {
  const now = believed(facts).filter(({ from, to }) => from <= at && (to === null || at < to));
  const known = new Map<string, ChoiceNow>();
  for (const fact of now) {
    const other = known.get(nameOf(fact));
    if (other === undefined || fact.from < other.since)
      known.set(nameOf(fact), { kind: fact.kind, organisation: fact.organisation, since: fact.from });
  }
  return [...known.values()];
}

/** What a person said and took back over time, the newest first. */
export function historyOf(facts: readonly Fact[], at: number): ChoiceEvent[] {
  const events = believed(facts).flatMap((fact): ChoiceEvent[] => {
    const { kind, organisation, from, to } = fact;
    const said: ChoiceEvent = { kind, organisation, at: from, act: 'said' };
    return to === null || to > at ? [said] : [said, { kind, organisation, at: to, act: 'took-back' }];
  });
  const once = new Map(events.map((event) => [JSON.stringify(event), event]));
  return [...once.values()].sort((a, b) => b.at - a.at);
}

const believed = (facts: readonly Fact[]): Fact[] => facts.filter(({ recordedTo }) => recordedTo === null);
