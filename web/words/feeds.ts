/** What to call the things of feeds. */
import type { Feed, FeedFile, FeedState, MessageItem, MessageState } from '../api/feeds.ts';

export const feedStates: Record<FeedState, { words: string; colour: string }> = {
  arriving: { words: 'Arriving', colour: 'green' },
  quiet: { words: 'Quiet', colour: 'orange' },
  nothing: { words: 'Nothing yet', colour: 'grey' },
};

export const feedKinds: Record<Feed['kind'], string> = {
  hl7v2: 'HL7 v2 messages',
  csv: 'Files of rows',
  fhir: 'FHIR files',
};

export const messageStates: Record<MessageState, string> = {
  stored: 'Stored',
  late: 'Stored, came late',
  dead: 'Waiting',
  replayed: 'Stored after all',
  dismissed: 'Given up',
};

export const fileStates: Record<FeedFile['state'], { words: string; colour: string }> = {
  loading: { words: 'Loading', colour: 'blue' },
  loaded: { words: 'Loaded', colour: 'green' },
  refused: { words: 'Refused', colour: 'red' },
};

/** What a message is: its kind and number. */
export const messageName = ({ kind, controlId }: MessageItem): string =>
  [kind.replace('^', ' ') || 'Unreadable message', controlId].filter((part) => part !== '').join(', ');

/** How long ago, in rough words: `within the hour`, `today`. The order is that of the picture. */
export const freshness = [
  { words: 'within the hour', hours: 1 },
  { words: 'within a day', hours: 24 },
  { words: 'within a week', hours: 168 },
  { words: 'longer ago', hours: Number.POSITIVE_INFINITY },
] as const;
