/** A made-up care system for tests: Marram Coast, of two places, four neighbourhoods and sixteen small areas. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadGeography, loadOrganisations } from '../../server/organisations/index.ts';
import type { Clock } from '../../server/platform/clock.ts';
import type { Db } from '../../server/platform/db/index.ts';

const source = 'https://example.org/marram';

/** The corner of a net of 5 by 5 points, pushed about so that borders are crooked but shared. */
const corner = (column: number, row: number): [number, number] => [
  Number((0.1 + column * 0.05 + ((row * 7 + column * 3) % 5) * 0.004).toFixed(4)),
  Number((53.1 + row * 0.03 + ((column * 5 + row * 2) % 4) * 0.003).toFixed(4)),
];

const neighbourhoods = ['Harbour', 'Old Town', 'Saltings', 'Warren'];

export const madeUpGeography = {
  format: 'openics-geography-1',
  source,
  from: '2019-04-01',
  areas: [
    { code: 'SYS1', name: 'Marram Coast', kind: 'system' },
    { code: 'PLA1', name: 'North Marram', kind: 'place', parent: 'SYS1' },
    { code: 'PLA2', name: 'South Marram', kind: 'place', parent: 'SYS1' },
    ...neighbourhoods.map((name, index) => ({
      code: `NBH${index + 1}`,
      name,
      kind: 'neighbourhood',
      parent: index < 2 ? 'PLA1' : 'PLA2',
    })),
    ...Array.from({ length: 16 }, (_, index) => {
      const [column, row] = [index % 4, Math.floor(index / 4)];
      const quarter = (row < 2 ? 2 : 0) + (column < 2 ? 0 : 1);
      return {
        code: `LSO${String(index + 1).padStart(2, '0')}`,
        name: `${neighbourhoods[quarter]} ${String(index + 1).padStart(3, '0')}A`,
        kind: 'lsoa',
        parent: `NBH${quarter + 1}`,
        polygon: [
          corner(column, row),
          corner(column + 1, row),
          corner(column + 1, row + 1),
          corner(column, row + 1),
          corner(column, row),
        ],
        imdDecile: 1 + ((index * 7) % 10),
        population: 1_400 + index * 25,
      };
    }),
  ],
  postcodes: [
    { postcode: 'ZZ1 1AA', lsoa: 'LSO01' },
    { postcode: 'ZZ1 1AB', lsoa: 'LSO16' },
  ],
};

const partner = (id: string, kind: string, name: string, body: string, more: object = {}) => ({
  id,
  kind,
  name,
  memberships: [{ body, kind: 'member' }],
  ...more,
});

export const madeUpOrganisations = {
  format: 'openics-organisations-1',
  source,
  organisations: [
    partner('harbour-pcn', 'pcn', 'Harbour Primary Care Network', 'NBH1'),
    partner('harbour-surgery', 'gp-practice', 'Harbour Surgery', 'harbour-pcn', {
      odsCode: 'ZZ0001',
      memberships: [
        { body: 'harbour-pcn', kind: 'member', from: '2019-07-01' },
        { body: 'NBH1', kind: 'serves' },
        { body: 'NBH2', kind: 'serves', from: '2022-04-01' },
      ],
      sites: [
        {
          id: 'main',
          name: 'Harbour Surgery',
          address: ['1 Quay Street'],
          postcode: 'ZZ1 1AA',
          point: [0.13, 53.12],
        },
      ],
      services: [{ name: 'General practice', kind: 'general-practice', site: 'main' }],
      contacts: [{ kind: 'phone', value: '0700 000 0001' }],
      roles: [{ role: 'caldicott-guardian', person: 'Dr A. Test', email: 'guardian@example.org' }],
    }),
    partner('quay-surgery', 'gp-practice', 'Quay Surgery', 'harbour-pcn', { odsCode: 'ZZ0002' }),
    partner('warren-practice', 'gp-practice', 'Warren Practice', 'NBH4', { odsCode: 'ZZ0003' }),
    partner('marram-hospitals', 'nhs-trust', 'Marram Hospitals NHS Trust', 'SYS1', {
      odsCode: 'ZZR01',
      sites: [{ name: 'Marram General', postcode: 'ZZ1 1AB' }],
      services: [
        { name: 'Emergency department', kind: 'emergency' },
        { name: 'Heart failure clinic', kind: 'cardiology' },
      ],
    }),
    partner('marram-council', 'council', 'Marram County Council', 'SYS1'),
    partner('tide', 'voluntary', 'Tide Befriending', 'PLA1', {
      identifiers: [{ system: 'https://register-of-charities.charitycommission.gov.uk', value: '0000001' }],
    }),
    partner('dune-homes', 'housing-association', 'Dune Homes', 'PLA1'),
    partner('harbour-school', 'school', 'Harbour Primary School', 'NBH1'),
    partner('clear-water', 'drug-and-alcohol-service', 'Clear Water', 'PLA2'),
    partner('sea-view', 'care-home', 'Sea View', 'NBH3'),
    partner('quay-pharmacy', 'pharmacy', 'Quay Pharmacy', 'NBH1'),
    partner('lantern', 'hospice', 'The Lantern', 'SYS1'),
    partner('swift-care', 'independent-provider', 'Swift Care', 'SYS1'),
  ],
  events: [
    { kind: 'merge', on: '2025-04-01', from: ['quay-surgery'], to: 'harbour-surgery' },
    { kind: 'rename', on: '2025-04-01', from: ['harbour-surgery'], name: 'Harbour and Quay Surgery' },
    { kind: 'transfer', on: '2026-04-01', from: ['PLA1'], to: 'PLA2', takes: ['NBH2'] },
  ],
};

/** Writes the two files into a folder. */
export async function writeMadeUpSystem(folder: string): Promise<void> {
  await writeFile(path.join(folder, 'geography.json'), JSON.stringify(madeUpGeography));
  await writeFile(path.join(folder, 'organisations.json'), JSON.stringify(madeUpOrganisations));
}

/** Loads the made-up system into a database. */
export async function loadMadeUpSystem(db: Db, clock: Clock): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-made-up-'));
  await writeMadeUpSystem(folder);
  await loadGeography(db, clock, folder);
  await loadOrganisations(db, clock, folder);
  await rm(folder, { recursive: true });
}

/** Writes a geography of so many systems with two places each, into a folder. */
export async function writeManySystems(folder: string, count: number): Promise<void> {
  const areas = Array.from({ length: count }, (_, index) => [
    { code: `VALE${index}`, name: `Vale ${index}`, kind: 'system' },
    { code: `UP${index}`, name: `Upper ${index}`, kind: 'place', parent: `VALE${index}` },
    { code: `LOW${index}`, name: `Lower ${index}`, kind: 'place', parent: `VALE${index}` },
  ]).flat();
  const geography = {
    format: 'openics-geography-1',
    source: 'https://example.org/vales',
    from: '2019-04-01',
    areas,
  };
  await writeFile(path.join(folder, 'geography.json'), JSON.stringify(geography));
}
