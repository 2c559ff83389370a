import type { Db } from '../../platform/db/index.ts';

/** A request of somebody. */
export type Ask = { who: string; method: string; url: string; body?: unknown; type?: string };

/** One write: its route, the table that holds the fact, what is asked, and the kinds of its events. */
export type Write = {
  route: string;
  fact: string;
  ask: () => Ask | Promise<Ask>;
  kinds: string[];
  status?: number;
  /** Takes what later writes need from the answer. */
  keep?: (body: never) => void;
};

/** What writes are made with. */
export type Desk = {
  db: Db;
  person: string;
  patientOf(id: string): string;
  send(ask: Ask): Promise<Response>;
  signInAgain(who: string): Promise<void>;
};

export const by = (who: string, method: string, url: string, body?: unknown): Ask => ({
  who,
  method,
  url,
  body,
});

export const condition = (text: string, id?: string) => ({
  resourceType: 'Condition',
  ...(id !== undefined && { id }),
  subject: { reference: 'Patient/ada' },
  code: { text },
});
