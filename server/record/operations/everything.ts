import type { Queryable } from '../../platform/db/index.ts';
import { typeName, typeNumber } from '../resource-types.ts';
import type { StoredResource } from '../types.ts';
import type { RecordPlace } from './place.ts';

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

export type EverythingPage = { resources: StoredResource[]; next: RecordPlace | undefined };

type Row = {
  patient_id: string;
  type: number;
  rid: string;
  version: number;
  last_updated: Date;
  content: string;
};

const zero: RecordPlace = { type: 0, rid: '00000000-0000-0000-0000-000000000000' };

/** A page of one patient's record in the order of the primary key: one range, read once. */
export async function everything(db: Queryable, request: EverythingRequest): Promise<EverythingPage> {
  const after = request.after ?? zero;
  const rows = await db.query<Row>(
    `select patient_id, type, rid, version, last_updated, content
     from record.resource
     where patient_id = $1
       and type >= $2
       and (type, rid) > ($2, $3::uuid)
       and not deleted
       and ($4::smallint[] is null or type = any($4))
       and ($5::timestamptz is null or last_updated > $5)
       and ($6::timestamptz is null or date_high is null or date_high > $6)
       and ($7::timestamptz is null or date_low is null or date_low < $7)
     order by type, rid
     limit $8`,
    [
      request.patientId,
      after.type,
      after.rid,
      request.types?.map(typeNumber),
      request.since,
      request.during?.from,
      request.during?.to,
      request.count + 1,
    ],
    { name: 'operations-everything' },
  );
  const page = rows.slice(0, request.count);
  const last = rows.length > request.count ? page.at(-1) : undefined;
  return { resources: page.map(storedOf), next: last && { type: last.type, rid: last.rid } };
}

const storedOf = (row: Row): StoredResource => ({
  type: typeName(row.type),
  id: idIn(row.content),
  version: row.version,
  lastUpdated: row.last_updated,
  deleted: false,
  content: row.content,
  patientId: row.patient_id,
});

/** The id in stored content, which begins with type and id. */
function idIn(content: string): string {
  const start = content.indexOf('"id":"') + 6;
  return content.slice(start, content.indexOf('"', start));
}

/** Types that a patient's record refers to without owning. */
const shared =
  'Practitioner|PractitionerRole|Organization|Location|Medication|HealthcareService|Substance|Endpoint';
const sharedReference = new RegExp(`"reference":"((?:${shared})/[A-Za-z0-9\\-.]{1,64})["/]`, 'g');

/** The resources that these refer to and that belong to no patient, each once: `Practitioner/1`. Content is not parsed. */
export function sharedReferences(resources: readonly StoredResource[]): { type: string; id: string }[] {
  const found = new Set<string>();
  for (const { content } of resources) {
    for (const match of content.matchAll(sharedReference)) found.add(match[1]!);
  }
  return [...found].map((key) => {
    const [type = '', id = ''] = key.split('/');
    return { type, id };
  });
}
