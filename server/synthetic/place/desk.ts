import { isoDay, type Day } from '../calendar.ts';
import type { Partner } from './types.ts';

/** Who answers for what at each kind of partner. */
const posts: Readonly<Record<string, readonly string[]>> = {
  icb: ['chair', 'chief-executive', 'caldicott-guardian', 'senior-information-risk-owner'],
  'nhs-trust': ['chief-executive', 'medical-director', 'caldicott-guardian', 'senior-information-risk-owner'],
  'independent-provider': ['registered-manager', 'caldicott-guardian'],
  'gp-practice': ['senior-partner', 'caldicott-guardian'],
  pcn: ['clinical-director'],
  pharmacy: ['superintendent-pharmacist'],
  council: ['director-of-adult-social-services', 'caldicott-guardian', 'data-protection-officer'],
  voluntary: ['manager'],
  'housing-association': ['head-of-tenancy-services'],
  school: ['headteacher', 'designated-safeguarding-lead'],
  'drug-and-alcohol-service': ['clinical-lead', 'caldicott-guardian'],
  'care-home': ['registered-manager'],
  hospice: ['chief-executive', 'caldicott-guardian'],
  prison: ['head-of-healthcare'],
};

const given =
  `Ada Bryn Carys Devi Edwin Farah Gwen Hamid Iris Jonah Kemi Lena Marek Nadia Owen Priya Rhys Sana Tomos Uma Viola Wanda
  Yusuf Zofia`.split(/\s+/);
const family = `Marram Samphire Dunlin Thrift Sedge Plover Bittern Teasel Avocet Curlew Mallow`.split(' ');

/** Made-up staff have a family name that says so. */
const personOf = (number: number): string =>
  `${given[number % given.length]!} Test-${family[number % family.length]!}`;

/** The telephone, the mail and the pages of a partner. The numbers are those kept for fiction. Source: Ofcom. */
export const contactsOf = ({ id, index }: Partner): object[] => [
  { kind: 'phone', value: `01632 960${String(index % 1000).padStart(3, '0')}` },
  { kind: 'email', value: `enquiries@${id}.example.com` },
  { kind: 'url', value: `https://${id}.example.com` },
];

/** The posts of a partner. Caldicott guardians changed half way through the years told. */
export function postsOf({ id, index, kind }: Partner, from: Day): object[] {
  return (posts[kind] ?? []).flatMap((role, place) => {
    const number = index * 7 + place;
    const reach = { email: `${role}@${id}.example.com` };
    if (role !== 'caldicott-guardian')
      return [{ role, person: personOf(number), ...reach, from: isoDay(from) }];
    const change = isoDay(from + 900 + (index % 30));
    return [
      { role, person: personOf(number), from: isoDay(from), to: change },
      { role, person: personOf(number + 5), ...reach, from: change },
    ];
  });
}
