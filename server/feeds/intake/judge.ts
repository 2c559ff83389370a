import type { Issue, Resource } from '../../record/types.ts';
import { hear, mergedInto, render, type State } from '../entity/index.ts';
import { errorCodes, type Refusal, type Remark } from '../hl7/index.ts';
import type { Statement } from '../types.ts';
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
  const latest = new Map<string, Statement>();
  let isLate = false;
  for (const statement of said.reading.statements) {
    const name = nameOf(statement);
    const before = states.get(name) ?? held.get(name);
    const { state, freshness, isChanged } = hear(before, statement);
    if (freshness === 'late') isLate = true;
    if (statement.whole && freshness === 'late') continue;
    states.set(name, state);
    if (isChanged) latest.set(name, statement);
  }
  const resources = new Map<string, Resource>();
  for (const [name, statement] of latest) {
    const resource = render(states.get(name)!, statement);
    const fault = validate(resource).find(
      (issue) => issue.severity === 'error' || issue.severity === 'fatal',
    );
    if (fault !== undefined) return { kind: 'refused', refusal: unsound(statement, fault) };
    resources.set(name, resource);
  }
  const standings = standingsIn(latest, states, held);
  return { kind: 'taken', isLate, remarks: said.reading.remarks, states, resources, standings };
}

function standingsIn(latest: Map<string, Statement>, states: Held, held: Held): StandingChange[] {
  const changes: StandingChange[] = [];
  for (const [name, statement] of latest) {
    if (statement.type !== 'Patient') continue;
    const before = mergedInto(held.get(name));
    const into = mergedInto(states.get(name));
    if (before !== into) changes.push({ losing: statement.id, at: new Date(statement.at), before, into });
  }
  return changes;
}

const unsound = (statement: Statement, fault: Issue): Refusal => ({
  ack: 'AE',
  code: errorCodes.dataType,
  place: statement.place,
  reason: `What it says is no sound ${statement.type}: ${fault.path}: ${fault.text}`,
});
