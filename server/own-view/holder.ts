import { organisationBehind, type OrganisationId, type Organisations } from '../organisations/index.ts';
import { writtenHereBy } from '../record/store/index.ts';

/** The organisation that a source names, and so answers for what came from it; undefined where none is known. */
export async function holderOf(
  organisations: Organisations,
  source: string,
): Promise<OrganisationId | undefined> {
  const here = writtenHereBy('');
  return source.startsWith(here) ? source.slice(here.length) : organisationBehind(organisations, source);
}
