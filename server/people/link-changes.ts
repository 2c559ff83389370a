/** What becomes of a patient's link when where it stands changes. Beliefs are ended, never rewritten. */
import type { OutboxEvent } from '../platform/events/index.ts';
import type { Link } from './types.ts';

export type LinkChange = {
  /** The link that is no longer believed as it stood. */
  ended: Link | undefined;
  /** What is believed instead: the same link with its end, the new link, or both. */
  added: Link[];
};

type Standing = Pick<Link, 'personId' | 'method' | 'via' | 'model' | 'weight' | 'decidedBy' | 'reason'>;

/** `since` is when the new standing began, `seq` the number of the patient's last change. Undefined when nothing changes. */
export function changeOf(
  before: Link | undefined,
  now: Standing | undefined,
  { patientId, at, since, seq }: { patientId: string; at: Date; since: Date; seq: number },
): LinkChange | undefined {
  if (before === undefined && now === undefined) return undefined;
  const samePerson = before !== undefined && before.personId === now?.personId;
  if (samePerson && before.method === now.method && before.via === now.via) return undefined;
  const added: Link[] = [];
  let next = seq;
  const held = before !== undefined && !samePerson && since > before.from;
  if (held) added.push({ ...before, seq: ++next, to: since, recorded: at, recordedTo: undefined });
  if (now !== undefined) {
    const from = samePerson || (before !== undefined && before.from > since) ? before.from : since;
    added.push({ ...now, patientId, seq: ++next, from, to: undefined, recorded: at, recordedTo: undefined });
  }
  return { ended: before, added };
}

/** The events that tell others of a change. Order holds for each patient. */
export function eventsOf({ ended, added }: LinkChange, at: Date): OutboxEvent[] {
  const now = added.find((link) => link.to === undefined);
  const patientId = ended?.patientId ?? now?.patientId;
  if (patientId === undefined || ended?.personId === now?.personId) return [];
  const seq = added.at(-1)?.seq ?? (ended?.seq ?? 0) + 1;
  const event = (name: string, payload: object): OutboxEvent => ({
    streamId: patientId,
    seq,
    name,
    payload: JSON.stringify(payload),
    at,
  });
  return [
    ...(ended === undefined ? [] : [event('people.unlinked', { personId: ended.personId })]),
    ...(now === undefined ? [] : [event('people.linked', { personId: now.personId, method: now.method })]),
  ];
}
