/** What of a person one request sees. */
import type { Viewing } from '../../access/index.ts';
import { isOpen, refusalOf, sightOf, type Sight } from '../pieces/index.ts';
import type { StoredResource } from '../types.ts';
import type { FiledText, ViewServices } from './services.ts';

/** What a request sees of the record; undefined where it sees everything. */
export const sightIn = (services: ViewServices, viewing: Viewing): Sight | undefined =>
  sightOf(
    viewing,
    (stored) => services.sourcesOf(stored),
    (rows) => services.again(rows),
  );

/** True when some organisation's entry of the person may be seen. */
export async function isPersonOpen(sight: Sight, patients: readonly FiledText[]): Promise<boolean> {
  const verdicts = await sight.judges('read', patients);
  const decisions = verdicts.map(({ decision }) => decision);
  if (decisions.some(isOpen)) return true;
  const told =
    decisions.find(({ effect }) => effect === 'break-glass') ?? decisions.find(({ silent }) => !silent);
  if (told !== undefined) throw refusalOf(told);
  return false;
}

/** The same services, which give of organisations and staff what may be seen. */
export function withSight(services: ViewServices, sight: Sight): ViewServices {
  return {
    ...services,
    async readMany(names) {
      const stored = await services.readMany(names);
      const there = stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
      const shown = await sight.shows(there, 'read');
      const forms = new Map(there.map((each, index) => [each, shown[index]]));
      return stored.map((each) => each && forms.get(each));
    },
    findPatients: (query, page) => services.findPatients(query, page, sight),
  };
}
