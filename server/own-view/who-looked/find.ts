import type { Me, OwnViewServices } from '../types.ts';
import { eventsOn, listsOf } from './lists.ts';
import { sourceOf } from './names.ts';

/** A look on a person's list, with who answers for it; undefined when it is not on their list. */
export async function findLook(
  services: OwnViewServices,
  me: Me,
  eventId: string,
): Promise<{ source: string | null } | undefined> {
  const { events } = await eventsOn(services, me, (await listsOf(services.db, me)).ids);
  const found = events.find(({ event }) => event.id === eventId);
  if (found === undefined) return undefined;
  const { organisation } = found.event;
  return { source: organisation === undefined ? null : sourceOf(organisation) };
}
