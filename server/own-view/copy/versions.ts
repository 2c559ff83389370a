import { pastWall } from '../../platform/db/index.ts';
import { patientVersions, type RecordEntry } from '../../record/store/index.ts';
import { earlierOf } from '../my-record.ts';
import type { Me, OwnViewServices } from '../types.ts';

/** Every version of a person's record that is no longer current, of what is filed under them and of what names them among others. */
export async function versionsOf(
  services: OwnViewServices,
  me: Me,
  current: readonly RecordEntry[],
): Promise<RecordEntry[]> {
  const elsewhere = current.filter(({ patientId }) => !me.patientIds.includes(patientId));
  const [filed, others] = await pastWall('deciding', () =>
    Promise.all([patientVersions(services.db, me.patientIds), earlierOf(services, elsewhere)]),
  );
  return [...filed, ...others];
}
