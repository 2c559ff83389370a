import type { Delivery } from '../../record/types.ts';
import { errorCodes, Hl7Fault, parseMessage, type Hl7Message, type Refusal } from '../hl7/index.ts';
import { digestOf, idFrom } from '../ids.ts';
import { readMessage, senderOf } from '../map/index.ts';
import type { Arrival, FeedName, Said } from './types.ts';

/** The feed of what cannot be read so far as to tell who sent it. */
export const unreadable: FeedName = {
  kind: 'hl7v2',
  key: '',
  name: 'Senders that could not be read',
  source: 'urn:openics:source:unnamed',
};

/** Reads the bytes of an HL7 v2 message. What cannot be read is a refusal, not an error. Needs no database. */
export function arrive(bytes: Buffer, received: Date, channel: Delivery['channel'], isText = false): Arrival {
  const digest = digestOf(bytes);
  const nameless = idFrom('message', digest);
  const base = { digest, received, bytes, channel };
  let message: Hl7Message;
  try {
    message = parseMessage(bytes, isText);
  } catch (error) {
    return {
      ...base,
      feed: unreadable,
      id: nameless,
      otherId: () => nameless,
      controlId: '',
      kind: '',
      agent: '',
      message: undefined,
      said: refused(error),
    };
  }
  const { type, event, controlId } = message;
  const known = { ...base, message, controlId, kind: event === '' ? type : `${type}^${event}` };
  try {
    const sender = senderOf(message);
    const feed = feedOf(sender);
    if (controlId === '') throw withoutControlId(message);
    const names = ['message', feed.key, controlId];
    const said: Said = saidBy(() => ({ sender, reading: readMessage(message, sender, received.getTime()) }));
    return {
      ...known,
      feed,
      id: idFrom(...names),
      otherId: () => idFrom(...names, digest),
      agent: sender.application || sender.facility,
      said,
    };
  } catch (error) {
    const said = refused(error);
    return { ...known, feed: feedIn(message), id: nameless, otherId: () => nameless, agent: '', said };
  }
}

function feedOf(sender: { application: string; facility: string; source: string }): FeedName {
  const { application, facility, source } = sender;
  const name = application === '' || application === facility ? facility : `${facility} ${application}`;
  return { kind: 'hl7v2', key: JSON.stringify([application, facility]), name, source };
}

function feedIn(message: Hl7Message): FeedName {
  try {
    return feedOf(senderOf(message));
  } catch {
    return unreadable;
  }
}

function saidBy(read: () => Said): Said {
  try {
    return read();
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): { refusal: Refusal } {
  if (error instanceof Hl7Fault) return { refusal: error.refusal };
  throw error;
}

const withoutControlId = (message: Hl7Message): Hl7Fault =>
  new Hl7Fault({
    ack: 'AR',
    code: errorCodes.requiredField,
    place: message.header.at(10),
    reason: 'The message has no control id, so that it could not be told from another.',
  });
