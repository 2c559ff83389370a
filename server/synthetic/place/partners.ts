import { Random } from '../random.ts';
import { homeAt, type Land } from './land.ts';
import type { Address, FeedKind, Lsoa, Partner, Place } from './types.ts';

type Draft = Omit<Partner, 'index' | 'odsCode' | 'address'> & { odsCode?: string };

const limited = (value: number, low: number): number => Math.max(low, Math.round(value));
const padded = (number: number, digits = 2): string => String(number).padStart(digits, '0');

/** Every partner of the system, in a fixed order; its index is its place in the list. */
export function makePartners(seed: number, people: number, land: Land): Partner[] {
  const random = new Random(seed, 0x9a27);
  const drafts = [
    ...statutory(land),
    ...trusts(land),
    ...primaryCare(random, people, land),
    ...community(people, land),
  ];
  return drafts.map((draft, index) => ({
    odsCode: `ZZ${padded(index + 1, 4)}`,
    ...draft,
    index,
    address: addressOf(draft, index),
  }));
}

const spread = (land: Land, share: number): Lsoa =>
  land.lsoas[Math.min(land.lsoas.length - 1, Math.floor(share * land.lsoas.length))]!;

const middleOf = (land: Land, place: Place): Lsoa => {
  const own = land.lsoas.filter((lsoa) => lsoa.neighbourhood.place === place);
  return own.reduce((best, lsoa) => (lsoa.cell.urban > best.cell.urban ? lsoa : best));
};

const memberOf = (...bodies: string[]): Partner['memberships'] =>
  bodies.map((body) => ({ body, kind: 'member' }));

function statutory(land: Land): Draft[] {
  const town = middleOf(land, land.places[0]!);
  const councils = land.places.map((place): Draft => ({
    id: `council-${padded(place.index + 1)}`,
    kind: 'council',
    name: `${place.name} Council`,
    sends: 'council',
    lsoa: middleOf(land, place),
    memberships: memberOf(land.system.code, place.code),
    services: [{ name: 'Adult social care', kind: 'adult-social-care' }],
  }));
  return [
    {
      id: 'icb',
      kind: 'icb',
      name: `NHS ${land.system.name} Integrated Care Board`,
      lsoa: town,
      memberships: memberOf(land.system.code),
      services: [{ name: 'Commissioning', kind: 'commissioning' }],
    },
    ...councils,
  ];
}

function trusts(land: Land): Draft[] {
  const [first, last] = [land.places[0]!, land.places.at(-1)!];
  const half = Math.ceil(land.places.length / 2);
  const serves = (places: Place[]): Partner['memberships'] => [
    ...memberOf(land.system.code),
    ...places.map(({ code }) => ({ body: code, kind: 'serves' as const })),
  ];
  const hospital = [
    { name: 'Emergency department', kind: 'emergency-department' },
    { name: 'Inpatient care', kind: 'inpatient' },
    { name: 'Outpatient clinics', kind: 'outpatient' },
    { name: 'Pathology', kind: 'pathology' },
  ];
  return [
    {
      id: 'acute-1',
      kind: 'nhs-trust',
      name: `${first.name} Hospitals NHS Trust`,
      odsCode: 'ZZA',
      sends: 'acute',
      lsoa: middleOf(land, first),
      memberships: serves(land.places.slice(0, half)),
      services: hospital,
    },
    {
      id: 'acute-2',
      kind: 'nhs-trust',
      name: `${last.name} Royal NHS Foundation Trust`,
      odsCode: 'ZZB',
      sends: 'acute',
      lsoa: middleOf(land, last),
      memberships: serves(land.places.slice(half)),
      services: hospital,
    },
    {
      id: 'mental-health-1',
      kind: 'nhs-trust',
      name: `${land.system.name} Partnership NHS Foundation Trust`,
      odsCode: 'ZZM',
      sends: 'mental-health',
      lsoa: spread(land, 0.4),
      memberships: serves(land.places),
      services: [
        { name: 'Community mental health teams', kind: 'community-mental-health' },
        { name: 'Mental health inpatient care', kind: 'mental-health-inpatient' },
      ],
    },
    {
      id: 'independent-1',
      kind: 'independent-provider',
      name: `Silver Pit Hospital`,
      odsCode: 'ZZI01',
      sends: 'independent',
      lsoa: spread(land, 0.7),
      memberships: serves([]),
      services: [{ name: 'Planned surgery', kind: 'elective-surgery' }],
    },
  ];
}

function primaryCare(random: Random, people: number, land: Land): Draft[] {
  const pcns = land.neighbourhoods.map((neighbourhood): Draft => ({
    id: `pcn-${padded(neighbourhood.index + 1, 3)}`,
    kind: 'pcn',
    name: `${neighbourhood.name} Primary Care Network`,
    lsoa: lsoasOf(land, neighbourhood.index)[0]!,
    memberships: [{ body: neighbourhood.code, kind: 'serves' }],
    services: [],
  }));
  const count = Math.max(limited(people / 9_000, 1), land.neighbourhoods.length);
  const endings = ['Surgery', 'Medical Centre', 'Health Centre', 'Practice', 'Family Doctors'];
  const practices = Array.from({ length: count }, (_, i): Draft => {
    const lsoa = spread(land, (i + 0.5) / count);
    const { neighbourhood } = lsoa;
    const street = homeAt(lsoa, i)
      .line.replace(/^.*\d+ /, '')
      .replace(/ \w+$/, '');
    return {
      id: `gp-${padded(i + 1, 3)}`,
      kind: 'gp-practice',
      name: `${street} ${random.pick(endings)}`,
      odsCode: `ZZG${padded(i + 1, 3)}`,
      sends: 'gp',
      lsoa,
      memberships: [
        ...memberOf(`pcn-${padded(neighbourhood.index + 1, 3)}`),
        { body: neighbourhood.code, kind: 'serves' },
      ],
      services: [{ name: 'General practice', kind: 'general-practice' }],
    };
  });
  const pharmacies = Array.from({ length: limited(people / 5_500, 2) }, (_, i): Draft => {
    const lsoa = spread(land, (i + 0.3) / limited(people / 5_500, 2));
    return {
      id: `pharmacy-${padded(i + 1, 3)}`,
      kind: 'pharmacy',
      name: `${lsoa.neighbourhood.name} Pharmacy ${i + 1}`,
      lsoa,
      memberships: [{ body: lsoa.neighbourhood.code, kind: 'serves' }],
      services: [{ name: 'Community pharmacy', kind: 'pharmacy' }],
    };
  });
  return [...pcns, ...practices, ...pharmacies];
}

const lsoasOf = (land: Land, neighbourhood: number): Lsoa[] =>
  land.lsoas.filter((lsoa) => lsoa.neighbourhood.index === neighbourhood);

function community(people: number, land: Land): Draft[] {
  const perPlace = land.places.flatMap((place): Draft[] => {
    const lsoa = middleOf(land, place);
    const number = padded(place.index + 1);
    const one = (id: string, kind: string, name: string, sends: FeedKind, service: string): Draft => ({
      id: `${id}-${number}`,
      kind,
      name,
      sends,
      lsoa,
      memberships: memberOf(place.code),
      services: [{ name: service, kind: service.toLowerCase().replaceAll(' ', '-') }],
      identifiers: [{ system: 'urn:openics:made-up:register', value: `${id}-${number}` }],
    });
    return [
      one('voluntary-befriending', 'voluntary', `${place.name} Good Neighbours`, 'voluntary', 'Befriending'),
      one(
        'voluntary-carers',
        'voluntary',
        `${place.name} Carers Together`,
        'voluntary',
        'Support for carers',
      ),
      one('housing', 'housing-association', `${place.name} Homes`, 'housing', 'Social housing'),
    ];
  });
  return [
    ...perPlace,
    {
      id: 'drug-and-alcohol-01',
      kind: 'drug-and-alcohol-service',
      name: `New Tide ${land.system.name}`,
      sends: 'drug-and-alcohol',
      lsoa: spread(land, 0.25),
      memberships: memberOf(land.system.code),
      services: [{ name: 'Drug and alcohol treatment', kind: 'drug-and-alcohol' }],
    },
    ...many(land, 'school', 'school', limited(people / 2_500, 3), 'School', 'Education', 'school'),
    ...many(
      land,
      'care-home',
      'care-home',
      limited(people / 4_000, 3),
      'House Care Home',
      'Residential care',
    ),
    { ...single(land, 'hospice-1', 'hospice', 'Lantern Hospice', 'Palliative care', 0.55) },
    { ...single(land, 'prison-1', 'prison', 'HMP Outer Bank', 'Prison', 0.95) },
  ];
}

function many(
  land: Land,
  id: string,
  kind: string,
  count: number,
  ending: string,
  service: string,
  sends?: FeedKind,
): Draft[] {
  return Array.from({ length: count }, (_, i): Draft => {
    const lsoa = spread(land, (i + 0.6) / count);
    const street = homeAt(lsoa, i * 17 + 40)
      .line.replace(/^.*\d+ /, '')
      .replace(/ \w+$/, '');
    return {
      id: `${id}-${padded(i + 1, 3)}`,
      kind,
      name: `${street} ${ending}${count > 60 ? `, ${lsoa.neighbourhood.name}` : ''}`,
      lsoa,
      memberships: [{ body: lsoa.neighbourhood.place.code, kind: 'member' }],
      services: [{ name: service, kind: service.toLowerCase().replaceAll(' ', '-') }],
      ...(sends === undefined ? {} : { sends }),
    };
  });
}

const single = (
  land: Land,
  id: string,
  kind: string,
  name: string,
  service: string,
  share: number,
): Draft => ({
  id,
  kind,
  name,
  lsoa: spread(land, share),
  memberships: memberOf(land.system.code),
  services: [{ name: service, kind: service.toLowerCase().replaceAll(' ', '-') }],
});

/** Partners stand in homes nobody was given. */
function addressOf(draft: Draft, index: number): Address {
  const { lsoa } = draft;
  const base = homeAt(lsoa, lsoa.slots - 1);
  const kind = draft.kind === 'care-home' || draft.kind === 'prison' ? draft.kind : 'home';
  return { ...base, kind, line: `${draft.name}, ${100 + (index % 80)} ${base.line.replace(/^.*\d+ /, '')}` };
}
