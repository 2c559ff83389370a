import { nothingSaid, type OrganisationSaid } from '../directory/said.ts';
import { newId } from '../../platform/ids.ts';
import { odsSystem, onsSystem } from '../names.ts';
import type { OrganisationId } from '../types.ts';
import type { Row } from '../files/row.ts';
import type { Sink } from './sink.ts';

/** A CSV file of geography: how it is known, whose it is, and what its lines say. */
export type Shape = {
  about: string;
  /** What it is, in words. */
  title: string;
  source: string;
  /** Files so named must be of this shape. */
  named: RegExp;
  /** The columns that no two lines share; none when the database sees to it, because there are too many. */
  key: readonly string[];
  /** A file with all these columns is of this shape. */
  columns: readonly string[];
  /** Made anew for each file. */
  reader(into: Into): (row: Row) => void;
};

/** Where what a file says goes. */
export type Into = {
  sink: Sink;
  organisations: OrganisationSaid[];
  /** Finds a body by its ODS code. Throws, naming the line, when there is none. */
  body(row: Row, column: string): OrganisationId;
};

export const ons = 'https://geoportal.statistics.gov.uk';

/** ICBs began on this day. Source: The Integrated Care Boards (Establishment) Order 2022. */
const icbsBegan = '2022-07-01';

/** From here on the lookup of April 2024 holds; before it, that of 2022. */
const april2024 = '2024-04-01';

export const codes = {
  lsoa: /^[EW]01\d{6}$/,
  englishLsoa: /^E01\d{6}$/,
  ward: /^E05\d{6}$/,
  authority: /^E0[6-9]\d{6}$/,
  region: /^E12\d{6}$/,
  subIcb: /^E38\d{6}$/,
  icb: /^E54\d{6}$/,
  ods: /^[A-Z0-9]{3,8}$/,
};

type AreaRow = {
  code: string;
  kind: string;
  name: string;
  ward?: string;
  authority?: string;
  region?: string;
};

const text = (value: string | undefined) => (value === undefined ? null : { text: value });
const day = (value: string | null) => (value === null ? null : { day: value });

export function addArea(sink: Sink, area: AreaRow): void {
  sink.add('area', [
    { uuid: newId() },
    { text: area.code },
    { text: area.kind },
    { text: area.name },
    text(area.ward),
    text(area.authority),
    text(area.region),
    null,
    null,
  ]);
}

function addResponsibility(
  sink: Sink,
  area: string,
  body: string,
  from: string | null,
  to: string | null,
): void {
  sink.add('responsibility', [{ uuid: newId() }, { text: area }, { uuid: body }, day(from), day(to)]);
}

/** The files that say which bodies and areas there are and what lies in what, in the order in which they are loaded. */
export const areaShapes: readonly Shape[] = [
  {
    about: 'icb24',
    named: /^icb24\b/,
    key: ['ods_code'],
    title: 'Integrated care boards, April 2024',
    source: ons,
    columns: ['ons_code', 'ods_code', 'name'],
    reader: (into) => (row) => {
      const board = nothingSaid(
        { system: odsSystem, value: row.code('ods_code', codes.ods) },
        { system: onsSystem, value: row.code('ons_code', codes.icb) },
      );
      const name = row.text('name');
      board.descriptions.push({ kind: 'icb', name, status: 'active', from: icbsBegan, to: null });
      into.organisations.push(board);
    },
  },
  {
    about: 'sub-icb24',
    named: /^sub_icb24\b/,
    key: ['sicbl_ods_code'],
    title: 'Sub-ICB locations, April 2024',
    source: ons,
    columns: ['sicbl_ons_code', 'sicbl_ods_code', 'name', 'icb_ods_code'],
    reader: (into) => (row) => {
      const location = nothingSaid(
        { system: odsSystem, value: row.code('sicbl_ods_code', codes.ods) },
        { system: onsSystem, value: row.code('sicbl_ons_code', codes.subIcb) },
      );
      const since = { from: icbsBegan, to: null };
      location.descriptions.push({ kind: 'sub-icb', name: row.text('name'), status: 'active', ...since });
      const value = row.code('icb_ods_code', codes.ods);
      into.body(row, 'icb_ods_code');
      const body = { system: odsSystem, value, place: 'icb_ods_code' };
      location.memberships.push({ body, kind: 'part-of', ...since });
      into.organisations.push(location);
    },
  },
  {
    about: 'lsoa21-icb24',
    named: /^lsoa21_icb24/,
    key: ['lsoa21_code'],
    title: 'LSOA 2021 to sub-ICB location, ward and local authority, April 2024',
    source: ons,
    columns: ['lsoa21_code', 'lsoa21_name', 'sicbl24_code_nhs', 'ward24_code', 'ward24_name', 'ltla24_code'],
    reader: ({ sink, body }) => {
      const wards = new Set<string>();
      return (row) => {
        const code = row.code('lsoa21_code', codes.englishLsoa);
        const ward = row.code('ward24_code', codes.ward);
        const authority = row.code('ltla24_code', codes.authority);
        addArea(sink, { code, kind: 'lsoa', name: row.text('lsoa21_name'), ward, authority });
        addResponsibility(sink, code, body(row, 'sicbl24_code_nhs'), april2024, null);
        if (wards.has(ward)) return;
        wards.add(ward);
        addArea(sink, { code: ward, kind: 'ward', name: row.text('ward24_name'), authority });
      };
    },
  },
  {
    about: 'lsoa11-icb22',
    named: /^lsoa11_sicbl22/,
    key: ['lsoa11_code'],
    title: 'LSOA 2011 to sub-ICB location, July 2022',
    source: ons,
    columns: ['lsoa11_code', 'sicbl22_code_h', 'icb22_code_h'],
    reader:
      ({ sink, body }) =>
      (row) => {
        const area = row.code('lsoa11_code', codes.englishLsoa);
        addResponsibility(sink, area, body(row, 'sicbl22_code_h'), icbsBegan, april2024);
      },
  },
  {
    about: 'lsoa11-lsoa21',
    named: /^lsoa11_lsoa21/,
    key: ['lsoa11_code', 'lsoa21_code'],
    title: 'LSOA 2011 to LSOA 2021',
    source: ons,
    columns: ['lsoa11_code', 'lsoa21_code', 'change_code'],
    reader:
      ({ sink }) =>
      (row) =>
        sink.add('lsoa_change', [
          { text: row.code('lsoa11_code', codes.lsoa) },
          { text: row.code('lsoa21_code', codes.lsoa) },
          { text: row.code('change_code', /^[USMX]$/) },
        ]),
  },
  {
    about: 'ltla24-region24',
    named: /^ltla24_region24/,
    key: ['ltla24_code'],
    title: 'Local authorities and regions, April 2024',
    source: ons,
    columns: ['ltla24_code', 'ltla24_name', 'region24_code', 'region24_name'],
    reader: ({ sink }) => {
      const regions = new Set<string>();
      return (row) => {
        const region = row.code('region24_code', codes.region);
        const code = row.code('ltla24_code', codes.authority);
        addArea(sink, { code, kind: 'local-authority', name: row.text('ltla24_name'), region });
        if (regions.has(region)) return;
        regions.add(region);
        addArea(sink, { code: region, kind: 'region', name: row.text('region24_name') });
      };
    },
  },
];
