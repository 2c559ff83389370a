import { hash } from 'node:crypto';
import type { PlacedEvent, StagedEvent } from '../types.ts';
import { eventLeaf, leafHash, nothing, type LoggedEvent, type OpenedText } from '../verifier/index.ts';
import type { ListEnds } from './lists.ts';

/** Gives events their places from `seq` on, and the leaf of each. The lists move on with them. */
export function placeEvents(
  staged: readonly StagedEvent[],
  seq: number,
  lists: ListEnds,
): { placed: PlacedEvent[]; leaves: Uint8Array[] } {
  const leaves: Uint8Array[] = [];
  const placed = staged.map(({ event: before, opened }, index) => {
    const event = opened === undefined ? before : { ...before, text: commitment(opened) };
    const eventHash = hash('sha256', hashedText(event), 'buffer');
    const ofUser = lists.extend('user', event.user, eventHash);
    const ofPerson = event.person === undefined ? undefined : lists.extend('person', event.person, eventHash);
    leaves.push(leafHash(eventLeaf(eventHash, ofPerson?.head ?? nothing, ofUser.head)));
    return {
      seq: seq + index,
      event,
      opened,
      personCount: ofPerson?.count ?? 0,
      userCount: ofUser.count,
      personHead: ofPerson?.head,
      userHead: ofUser.head,
    };
  });
  return { placed, leaves };
}

/** The canonical JSON of an event, by writing its names in their order: all values are plain texts. */
export function hashedText(event: LoggedEvent): string {
  return JSON.stringify({
    at: event.at,
    id: event.id,
    kind: event.kind,
    organisation: event.organisation,
    outcome: event.outcome,
    person: event.person,
    purpose: event.purpose,
    request: event.request,
    resource: event.resource,
    role: event.role,
    rule: event.rule,
    text: event.text,
    user: event.user,
  });
}

/** The same as the verifier's `commitmentOf`, by OpenSSL. */
const commitment = ({ salt, text }: OpenedText): string =>
  hash('sha256', Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(text)]), 'base64');
