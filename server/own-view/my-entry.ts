import type { Viewing } from '../access/index.ts';
import { openFor } from '../platform/db/index.ts';
import { piecesOf } from '../record/pieces/index.ts';
import type { RecordEntry } from '../record/store/index.ts';
import type { Resource } from '../record/types.ts';
import { recordOf } from './my-record.ts';
import { mustBePermitted, nothingHere } from './me/index.ts';
import type { Me, OwnViewServices } from './types.ts';

/** One entry of a person's own record that they may see, with who said it. A Problem when there is none of that name for them. */
export async function myEntry(
  services: OwnViewServices,
  viewing: Viewing,
  me: Me,
  { type, id }: { type: string; id: string },
): Promise<{ entry: RecordEntry; resource: Resource; source: string }> {
  const all = await recordOf(services, me);
  const found = all.find((each) => each.type === type && each.id === id);
  if (found === undefined) throw nothingHere();
  const resource = JSON.parse(found.content) as Resource;
  await mustBePermitted(viewing, 'read', ...piecesOf(resource, found));
  openFor([found.patientId]);
  const [entry] = await services.store.again([found]);
  if (entry === undefined) throw nothingHere();
  return { entry, resource, source: resource.meta?.source ?? entry.source };
}
