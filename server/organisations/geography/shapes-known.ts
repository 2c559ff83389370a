import type { Row } from '../files/row.ts';
import { codes, ons, type Shape } from './shapes.ts';
import type { Cell, Sink } from './sink.ts';

const ministry = 'https://www.gov.uk/government/collections/english-indices-of-deprivation';

function addDeprivation(
  sink: Sink,
  row: Row,
  edition: { area: string; year: number; housing: string; hasScore: boolean; most: number },
): void {
  const decile = (column: string): Cell => ({ int2: row.whole(column, 1, 10) });
  sink.add('deprivation', [
    { text: row.code(edition.area, codes.englishLsoa) },
    { int2: edition.year },
    decile('IMD_decile'),
    { int4: row.whole('IMD_rank', 1, edition.most) },
    edition.hasScore ? { real: row.number('IMD_score') } : null,
    decile('Income_decile'),
    decile('Employment_decile'),
    decile('Education_decile'),
    decile('Health_decile'),
    decile('Crime_decile'),
    decile(edition.housing),
    decile('Environment_decile'),
  ]);
}

const domains = ['IMD_decile', 'IMD_rank', 'Income_decile', 'Employment_decile', 'Education_decile'];

const ageFrom: Readonly<Record<string, number>> = {
  'Aged 15 years and under': 0,
  'Aged 16 to 24 years': 16,
  'Aged 25 to 34 years': 25,
  'Aged 35 to 49 years': 35,
  'Aged 50 to 64 years': 50,
  'Aged 65 years and over': 65,
};

const ageBands = new RegExp(`^(${Object.keys(ageFrom).join('|')})$`);

/** The files that say what is known of small areas. */
export const knownShapes: readonly Shape[] = [
  {
    about: 'imd2025',
    named: /^imd2025/,
    key: ['lsoa21_code'],
    title: 'English indices of deprivation 2025',
    source: ministry,
    columns: ['lsoa21_code', ...domains, 'Housing_and_Services_decile', 'IMD_score'],
    reader:
      ({ sink }) =>
      (row) =>
        addDeprivation(sink, row, {
          area: 'lsoa21_code',
          year: 2025,
          housing: 'Housing_and_Services_decile',
          hasScore: true,
          most: 33_755,
        }),
  },
  {
    about: 'imd2019',
    named: /^imd2019/,
    key: ['lsoa11_code'],
    title: 'English indices of deprivation 2019',
    source: ministry,
    columns: ['lsoa11_code', ...domains, 'Housing_and_Access_decile'],
    reader:
      ({ sink }) =>
      (row) =>
        addDeprivation(sink, row, {
          area: 'lsoa11_code',
          year: 2019,
          housing: 'Housing_and_Access_decile',
          hasScore: false,
          most: 32_844,
        }),
  },
  {
    about: 'ruc21',
    named: /^ruc21/,
    key: ['lsoa21_code'],
    title: 'Rural and urban classification 2021',
    source: ons,
    columns: ['lsoa21_code', 'ruc21_code', 'classification', 'ruc'],
    reader:
      ({ sink }) =>
      (row) =>
        sink.add('rurality', [
          { text: row.code('lsoa21_code', codes.lsoa) },
          { int2: 2021 },
          { text: row.text('ruc21_code') },
          { text: row.text('classification') },
          { yes: row.code('ruc', /^(Urban|Rural)$/) === 'Urban' },
        ]),
  },
  {
    about: 'population21',
    named: /^population_census2021_lsoa21/,
    key: ['lsoa21_code', 'age_group'],
    title: 'Usual residents by age, Census 2021',
    source: ons,
    columns: ['lsoa21_code', 'age_group', 'usual_residents'],
    reader:
      ({ sink }) =>
      (row) =>
        sink.add('population', [
          { text: row.code('lsoa21_code', codes.lsoa) },
          { int2: 2021 },
          { int2: ageFrom[row.code('age_group', ageBands)]! },
          { int4: row.whole('usual_residents', 0, 1_000_000) },
        ]),
  },
];
