import { codes, ons, type Shape } from './shapes.ts';

const month = /^(19|20)\d\d(0[1-9]|1[0-2])$/;

/** The first day of a month written YYYYMM, as the directory writes dates. */
const firstDay = (text: string): string => `${text.slice(0, 4)}-${text.slice(4)}-01`;

/**
 * The ONS Postcode Directory, as far as it says where a postcode lies. dointr and doterm are the months a postcode began and ended; an
 * ended one may be brought back into use later, and then has no doterm. Lines without an English or Welsh LSOA (Scotland, Northern Ireland, islands,
 * large users without place) say nothing we ask for.
 */
export const postcodeShape: Shape = {
  about: 'postcodes',
  named: /^(ONSPD|postcodes)/i,
  key: [],
  title: 'ONS postcode directory',
  source: ons,
  columns: ['pcds', 'dointr', 'doterm', 'lsoa21'],
  reader:
    ({ sink }) =>
    (row) => {
      const postcode = row.code('pcds', /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/);
      const lsoa = row.optional('lsoa21');
      if (lsoa === undefined || !codes.lsoa.test(lsoa)) return sink.passOver();
      const ended = row.optional('doterm') === undefined ? undefined : row.code('doterm', month);
      sink.add('postcode', [
        { text: postcode },
        { text: lsoa },
        { day: firstDay(row.code('dointr', month)) },
        ended === undefined ? null : { day: firstDay(ended) },
      ]);
    },
};
