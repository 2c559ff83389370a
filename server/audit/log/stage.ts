import { randomFillSync } from 'node:crypto';
import { copyMessage, CopyRows, type CopyPart, type Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Happening, StagedEvent } from '../types.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes an event of what happened. Throws when an id is not a UUID: such an event could not be proved later. */
export function eventOf(happening: Happening): StagedEvent {
  const { at, kind, outcome, person, request, particulars } = happening;
  for (const id of [person, request])
    if (id !== undefined && !uuid.test(id))
      throw new TypeError('An audit event names its person and request by UUID.');
  const event = {
    at: at.toISOString(),
    id: newId(at.getTime()),
    kind,
    ...optional('organisation', happening.organisation),
    outcome,
    ...(person === undefined ? {} : { person }),
    ...optional('purpose', happening.purpose),
    ...(request === undefined ? {} : { request }),
    ...optional('resource', happening.resource),
    ...optional('role', happening.role),
    ...optional('rule', happening.rule),
    user: storable(happening.user),
  };
  if (particulars === undefined) return { event };
  const text = storable(JSON.stringify(particulars));
  return text === '{}' ? { event } : { event, opened: { salt: newSalt(), text } };
}

const optional = <Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } =>
  value === undefined ? {} : ({ [name]: storable(value) } as { [N in Name]?: string });

/** The text without what PostgreSQL and canonical JSON cannot hold. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

const saltLength = 16;
const salts = Buffer.alloc(saltLength * 256);
let used = salts.length;

function newSalt(): string {
  if (used === salts.length) {
    randomFillSync(salts);
    used = 0;
  }
  used += saltLength;
  return salts.toString('base64', used - saltLength, used);
}

/** So many events go into one row at most. */
export const mostInRow = 500;

function stagedRowsOf(happenings: readonly Happening[]): { id: string; events: string }[] {
  const rows: { id: string; events: string }[] = [];
  for (let at = 0; at < happenings.length; at += mostInRow) {
    const events = happenings.slice(at, at + mostInRow).map(eventOf);
    rows.push({ id: newId(), events: JSON.stringify(events) });
  }
  return rows;
}

/** The rows that stage events, to be sent with others of a transaction. They exist exactly when it does. */
export function stagedRows(happenings: readonly Happening[], streamId: string): CopyPart[] {
  if (happenings.length === 0) return [];
  const rows = new CopyRows();
  for (const { id, events } of stagedRowsOf(happenings)) {
    rows.startRow(3);
    rows.uuid(streamId);
    rows.uuid(id);
    rows.text(events);
  }
  const statement = 'copy audit.staged (stream_id, id, events) from stdin (format binary)';
  return [{ statement, data: copyMessage(rows.ranges()) }];
}

/**
 * Stages events in a transaction: they exist exactly when what it writes does. `streamId` is the stream of its rows (a
 * patient id), so that on Citus they lie together.
 */
export async function append(tx: Tx, happenings: readonly Happening[], streamId: string): Promise<void> {
  if (happenings.length > 0) await tx.copyIn(stagedRows(happenings, streamId));
}
