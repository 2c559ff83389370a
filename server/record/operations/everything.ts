import { marked, type Db } from '../../platform/db/index.ts';
import { typeName, typeNumber } from '../resource-types.ts';
import { idIn } from '../stored-row.ts';
import type { StoredResource } from '../types.ts';
import type { RecordPlace } from './place.ts';

const zero: RecordPlace = { type: 0, rid: '00000000-0000-0000-0000-000000000000' };

/** What was asked for, behind the row where the page before ended. */
const asked = `where patient_id = $1
  and type >= $2
  and (type, rid) > ($2, $3::uuid)
  and not deleted
  and ($4::smallint[] is null or type = any($4))
  and ($5::timestamptz is null or last_updated > $5)
  and ($6::timestamptz is null or date_high is null or date_high > $6)
  and ($7::timestamptz is null or date_low is null or date_low < $7)`;

/** The values of `asked`, in their order. */
const askedBy = ({ patientId, types, since, during, after = zero }: EverythingRequest): unknown[] => [
  patientId,
  after.type,
  after.rid,
  types?.map(typeNumber),
  since,
  during?.from,
  during?.to,
];

/** What of a patient's record is wanted. */
export type EverythingRequest = {
  /** The uuid under which the patient's resources are filed. */
  patientId: string;
  types?: readonly string[] | undefined;
  since?: Date | undefined;
  /** Only care in this stretch of time; what has no date is kept. */
  during?: { from?: Date | undefined; to?: Date | undefined };
  after?: RecordPlace | undefined;
  count: number;
};

/** The texts around each resource: before its `Type/id`, between that and its content, and after it. */
export type Wrapping = { before: string; between: string; after: string };

/** `text` holds the wrapped resources with commas between them, in UTF-8. */
export type EverythingPage = { text: Buffer; count: number; next: RecordPlace | undefined };

/**
 * A page of one patient's record in the order of the primary key: one range, read once. PostgreSQL hands it over as one text,
 * which goes out as it is. Stored content begins with type and id, from where they are taken.
 */
export async function everything(
  db: Db,
  request: EverythingRequest,
  wrapping: Wrapping,
): Promise<EverythingPage> {
  const [row] = await db.queryBytes(
    `select count(*),
            string_agg($10 || split_part(start, '"', 4) || '/' || split_part(start, '"', 8) || $11 || content || $12, ',')
              filter (where n <= $8),
            min(type) filter (where n = $8),
            min(rid::text) filter (where n = $8)
     from (
       select type, rid, content, left(content, 160) as start, row_number() over (order by type, rid) as n
       from record.resource
       ${asked}
       order by type, rid
       limit $9
     ) as page`,
    [
      ...askedBy(request),
      request.count,
      request.count + 1,
      wrapping.before,
      wrapping.between,
      wrapping.after,
    ],
    { name: 'operations-everything' },
  );
  const [found, text, lastType, lastRid] = row!;
  const count = Number(found);
  const more = count > request.count && lastType && lastRid;
  return {
    text: text ?? Buffer.alloc(0),
    count: Math.min(count, request.count),
    next: more ? { type: Number(lastType), rid: String(lastRid) } : undefined,
  };
}

/** A page of one patient's record as rows, in the same order and by the same conditions as `everything`. */
export async function everythingRows(db: Db, request: EverythingRequest): Promise<StoredResource[]> {
  const rows = await db.query<{
    type: number;
    version: number;
    last_updated: Date;
    content: string;
  }>(
    `select type, version, last_updated, content
     from record.resource
     ${asked}
     order by type, rid
     limit $8`,
    [...askedBy(request), request.count],
    { name: 'operations-everything-rows' },
  );
  return marked(
    rows.map((row) => ({
      type: typeName(row.type),
      id: idIn(row.content),
      version: row.version,
      lastUpdated: row.last_updated,
      deleted: false,
      content: row.content,
      patientId: request.patientId,
    })),
  );
}

/** Types that a patient's record refers to without owning. */
const shared =
  'Practitioner|PractitionerRole|Organization|Location|Medication|HealthcareService|Substance|Endpoint';
const sharedReference = new RegExp(`"reference":"((?:${shared})/[A-Za-z0-9\\-.]{1,64})["/]`, 'g');

/** So many bytes are looked at together; each stretch begins a little before the end of the last, so that nothing is cut. */
const stretch = 64 * 1024;
const overlap = 128;

/** What JSON texts of resources refer to that belongs to no patient, each once: `Practitioner/1`. Nothing is parsed. */
export function sharedReferences(texts: readonly Buffer[]): { type: string; id: string }[] {
  const found = new Set<string>();
  for (const bytes of texts) {
    for (let from = 0; from < bytes.length; from += stretch) {
      const text = bytes.toString('latin1', Math.max(0, from - overlap), from + stretch);
      for (const match of text.matchAll(sharedReference)) found.add(match[1]!);
    }
  }
  return [...found].map((key) => {
    const [type = '', id = ''] = key.split('/');
    return { type, id };
  });
}
