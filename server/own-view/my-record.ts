import { pastWall } from '../platform/db/index.ts';
import type { RecordEntry } from '../record/store/index.ts';
import type { StoredResource } from '../record/types.ts';
import type { Me, OwnViewServices } from './types.ts';

/** Types that can name several people, and so are filed under none of them, with the parameter that finds a person’s. */
const shared = [
  ['Appointment', 'patient'],
  ['AppointmentResponse', 'patient'],
  ['Account', 'patient'],
  ['Group', 'member'],
  ['Person', 'patient'],
  ['Provenance', 'patient'],
] as const;

const pageSize = 500;

/**
 * All that is in the record about a person now, to be decided on: what is filed under them, and what names them among others. What is
 * permitted of it is read again behind the second wall.
 */
export const recordOf = (services: OwnViewServices, me: Me): Promise<RecordEntry[]> =>
  pastWall('deciding', () => allAbout(services, me));

async function allAbout(services: OwnViewServices, me: Me): Promise<RecordEntry[]> {
  const filed = await services.store.patientRecord([...me.patientIds]);
  const patients = filed.filter(({ type }) => type === 'Patient').map(({ id }) => `Patient/${id}`);
  return [...filed, ...(await namingAny(services, patients))];
}

async function namingAny(services: OwnViewServices, patients: readonly string[]): Promise<RecordEntry[]> {
  if (patients.length === 0) return [];
  const found: StoredResource[] = [];
  for (const [type, parameter] of shared) {
    let cursor: string | undefined;
    do {
      const page = await services.search.search(services.db, {
        type,
        query: [
          [parameter, patients.join(',')],
          ['_count', String(pageSize)],
          ...(cursor === undefined ? [] : [['_cursor', cursor] as [string, string]]),
        ],
        handling: 'strict',
        baseUrl: '',
      });
      found.push(...page.matches);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  const sources = await services.store.sourcesOf(found);
  return found.map((row, at) => ({ ...row, source: sources[at] ?? '', channel: 'rest' }));
}

/** What stood there before of entries that are filed under nobody, the oldest first. */
export async function earlierOf(
  services: OwnViewServices,
  entries: readonly RecordEntry[],
): Promise<RecordEntry[]> {
  const earlier: StoredResource[] = [];
  for (const { type, id, version } of entries) {
    let before: Parameters<OwnViewServices['store']['history']>[0]['before'];
    do {
      const page = await services.store.history({ type, id, before, count: pageSize });
      earlier.push(...page.versions.filter((each) => each.version < version));
      before = page.next;
    } while (before !== undefined);
  }
  const sources = await services.store.sourcesOf(earlier);
  return earlier
    .map((row, at) => ({ ...row, source: sources[at] ?? '', channel: 'rest' }))
    .sort((a, b) => a.version - b.version);
}

/** Who said the Patient of a person: they answer for the record. Null where nobody known did. */
export async function holderOfRecord({ store }: OwnViewServices, me: Me): Promise<string | null> {
  const patients = (await store.patientRecord([...me.patientIds])).filter(({ type }) => type === 'Patient');
  const found = patients.find(({ patientId }) => patientId === me.home) ?? patients[0];
  return found === undefined ? null : found.source;
}
