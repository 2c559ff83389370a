/** The shapes the feeds API answers with. */

export type FeedState = 'arriving' | 'quiet' | 'nothing';

export type Feed = {
  id: string;
  kind: 'hl7v2' | 'csv' | 'fhir';
  name: string;
  source: string;
  state: FeedState;
  expectedHours: number;
  lastReceived: string | null;
  /** Messages in each of the last hours, the present one last. */
  hours: number[];
  totals: Record<string, number>;
  waiting: number;
};

export type FeedFile = {
  id: string;
  name: string;
  state: 'loading' | 'loaded' | 'refused';
  done: number;
  stored: number;
  held: number;
  reason: string | null;
  place: string | null;
  changed: string;
};

export type MessageState = 'stored' | 'late' | 'dead' | 'replayed' | 'dismissed';

export type Remark = {
  place: { segment: string; sequence?: number; field?: number; component?: number };
  text: string;
};

export type MessageItem = {
  id: string;
  feedId: string;
  feedName: string;
  received: string;
  controlId: string;
  kind: string;
  state: MessageState;
  ack: string;
  place: string | null;
  reason: string | null;
  remarks: Remark[];
};

export type MessagePage = { messages: MessageItem[]; next: string | null };

export type Segment = { name: string; sequence: number; fields: { number: number; text: string }[] };

export type MessageDetail = MessageItem & {
  eventAt: string | null;
  resources: string[];
  text: string;
  mended: string | null;
  segments: Segment[] | null;
  changed: string;
  changedBy: string;
};
