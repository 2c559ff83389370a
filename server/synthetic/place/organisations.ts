import { isoDay, type Day } from '../calendar.ts';
import { boardsOf, seatsOf } from './boards.ts';
import { contactsOf, postsOf } from './desk.ts';
import { formerOf } from './former.ts';
import { source } from './geography.ts';
import type { Land } from './land.ts';
import { servicesOf, sitesOf } from './sites.ts';
import type { Partner } from './types.ts';

/** `organisations.json` as docs/reference/geography-format.md describes it: partners, where they sit together, and what became of them. */
export function organisationsDocument(land: Land, partners: readonly Partner[], from: Day): object {
  const former = formerOf(land, partners, from);
  const described = partners.map((partner) => ({
    id: partner.id,
    kind: partner.kind,
    name: former.names.get(partner.id) ?? partner.name,
    odsCode: partner.odsCode,
    ...(partner.identifiers === undefined ? {} : { identifiers: partner.identifiers }),
    from: former.began.get(partner.id) ?? isoDay(from),
    memberships: [...(former.memberships.get(partner.id) ?? partner.memberships), ...seatsOf(land, partner)],
    sites: sitesOf(land, partner),
    services: servicesOf(partner),
    contacts: contactsOf(partner),
    roles: postsOf(partner, from),
    ...(partner.sends === undefined ? {} : { feed: { folder: `feeds/${partner.id}`, sends: partner.sends } }),
  }));
  return {
    format: 'openics-organisations-1',
    source,
    organisations: [...described, ...boardsOf(land, from), ...former.organisations],
    events: former.events,
  };
}
