import { STATUS_CODES } from 'node:http';
import { jsonOf, type Answer, type Call } from '../call.ts';
import { allOk, outcomeOfError } from '../outcome.ts';
import type { Done } from './commit.ts';
import type { Entry } from './entries.ts';
import { responseEntry, type EntryText } from './text.ts';

/** `201 Created`. */
const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** The response entry for a request that was carried out by itself. */
export function entryOfAnswer(entry: Entry, answer: Answer): EntryText {
  const json = jsonOf(answer);
  const isOutcome = json?.startsWith('{"resourceType":"OperationOutcome"') === true && entry.method !== 'GET';
  return responseEntry({
    status: statusLine(answer.status),
    location: answer.location,
    version: answer.version,
    lastModified: answer.lastModified,
    resource: entry.head || isOutcome ? undefined : json,
    outcome: isOutcome ? json : undefined,
  });
}

/** The response entry for a change of a transaction. */
export function entryOfDone(call: Call, { step, outcome }: Done): EntryText {
  if (step.action === 'nothing') return responseEntry({ status: statusLine(204) });
  if (outcome === undefined) {
    return responseEntry({ status: statusLine(200), location: `${step.type}/${step.id}` });
  }
  const { stored } = outcome;
  if (step.action === 'delete') {
    return responseEntry({ status: statusLine(204), ...(stored.version > 0 && { version: stored.version }) });
  }
  return responseEntry({
    fullUrl:
      call.prefer.answer === 'representation' ? `${call.baseUrl}/${stored.type}/${stored.id}` : undefined,
    resource: call.prefer.answer === 'representation' ? stored.content : undefined,
    status: statusLine(outcome.kind === 'created' ? 201 : 200),
    location: `${stored.type}/${stored.id}/_history/${stored.version}`,
    version: stored.version,
    lastModified: stored.lastUpdated,
    outcome: call.prefer.answer === 'OperationOutcome' ? JSON.stringify(allOk('Stored.')) : undefined,
  });
}

/** The response entry for a request of a batch that was refused or failed. */
export function entryOfError(error: unknown): EntryText {
  const { status, outcome } = outcomeOfError(error);
  return responseEntry({ status: statusLine(status), outcome: JSON.stringify(outcome) });
}
