import type { Issue, Resource } from '../../record/types.ts';
import { hear, inherit, joinedTo, render, type News, type State } from '../entity/index.ts';
import { errorCodes, type Refusal, type Remark } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import type { Said } from './types.ts';

/** What is held of resources: from the database, and what earlier messages of the same group added. */
export type Held = Map<string, State>;

export type Judged =
  | {
      kind: 'taken';
      isLate: boolean;
      remarks: Remark[];
      /** What is held from now on. */
      states: Held;
      /** How much of each is new. */
      news: Map<string, News>;
      /** Resources to store, by `Type/id`. */
      resources: Map<string, Resource>;
      /** Patients that were merged into another, or stand by themselves again. */
      standings: StandingChange[];
    }
  | { kind: 'refused'; refusal: Refusal };

export type StandingChange = {
  losing: string;
  at: Date;
  before: string | undefined;
  into: string | undefined;
};

export const nameOf = (said: { type: string; id: string }): string => `${said.type}/${said.id}`;

/** Judges one message by what is held. Pure: `held` is not changed. A resource that is not sound refuses the whole message. */
export function judge(said: Said, held: Held, validate: (resource: Resource) => Issue[]): Judged {
  if ('refusal' in said) return { kind: 'refused', refusal: said.refusal };
  const states: Held = new Map();
  const news = new Map<string, News>();
  const latest = new Map<string, Claim>();
  let isLate = false;
  for (const claim of said.reading.claims) {
    const name = nameOf(claim);
    const before = startOf(claim, (each) => states.get(each) ?? held.get(each));
    const { state, freshness, isChanged, news: heard } = hear(before, claim);
    if (freshness === 'late') isLate = true;
    if (claim.whole && freshness === 'late') continue;
    states.set(name, state);
    news.set(name, moreOf(news.get(name), claim.inherits === undefined ? heard : 'more'));
    if (isChanged) latest.set(name, claim);
  }
  const resources = new Map<string, Resource>();
  for (const [name, claim] of latest) {
    const resource = render(states.get(name)!, claim);
    const fault = validate(resource).find(
      (issue) => issue.severity === 'error' || issue.severity === 'fatal',
    );
    if (fault !== undefined) return { kind: 'refused', refusal: unsound(claim, fault) };
    resources.set(name, resource);
  }
  const standings = standingsIn(latest, states, held);
  return { kind: 'taken', isLate, remarks: said.reading.remarks, states, news, resources, standings };
}

const sizes = ['nothing', 'times', 'more'] as const satisfies News[];

/** What is new after one thing was heard and then another. */
export const moreOf = (a: News = 'nothing', b: News): News =>
  sizes[Math.max(sizes.indexOf(a), sizes.indexOf(b))]!;

/** What is held of a resource before a claim. One that takes the place of another begins with what was held of that. */
function startOf(claim: Claim, heldOf: (name: string) => State | undefined): State | undefined {
  const own = heldOf(nameOf(claim));
  const before =
    claim.inherits === undefined ? undefined : heldOf(nameOf({ type: claim.type, id: claim.inherits }));
  return before === undefined ? own : inherit(own, before);
}

function standingsIn(latest: Map<string, Claim>, states: Held, held: Held): StandingChange[] {
  const changes: StandingChange[] = [];
  for (const [name, claim] of latest) {
    if (claim.type !== 'Patient') continue;
    const before = joinedTo(held.get(name))?.into;
    const into = joinedTo(states.get(name))?.into;
    if (before !== into) changes.push({ losing: claim.id, at: new Date(claim.at), before, into });
  }
  return changes;
}

const unsound = (claim: Claim, fault: Issue): Refusal => ({
  ack: 'AE',
  code: errorCodes.dataType,
  place: claim.place,
  reason: `What it says is no sound ${claim.type}: ${fault.path}: ${fault.text}`,
});
