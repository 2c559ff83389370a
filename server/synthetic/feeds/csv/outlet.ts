import { isoDay, minutesADay, type Day } from '../../calendar.ts';
import { saidOn, type Said, type SourceRecord } from '../../errors/source-record.ts';
import { habits } from '../../errors/table.ts';
import { feedFolder } from '../../output/layout.ts';
import type { FeedKind, Lsoa, Partner } from '../../place/types.ts';
import type { Random } from '../../random.ts';
import type { Story } from '../person-story.ts';
import { row } from './rows.ts';
import type { Sheet } from './styles.ts';

/** Writes rows about one person, under one record or, now and then, two. */
export type Outlet = {
  /** Writes a row dated on a day. `fields` makes it from what the partner held and its local number. */
  row(day: Day, file: string, fields: (said: Said, localId: string) => string[]): void;
};

const lateRow = 0.01;

/** Opens the outlet of a partner for a person. Nothing is noted until a row is written. */
export function openOutlet(
  story: Story,
  random: Random,
  partner: Partner,
  sheet: Sheet,
  from: Day,
  localIdOf: (place: number) => string,
): Outlet {
  const { world, person, placed } = story;
  const isDoubled = random.chance(habits[partner.sends!].duplicate);
  const secondFrom = from + random.between(30, 700);
  const records = new Map<string, SourceRecord>();
  const recordOn = (day: Day): SourceRecord => {
    const ordinal = isDoubled && day >= secondFrom ? 1 : 0;
    const identity = person.identities.length > 1 && day >= person.identities[1]!.from ? 1 : 0;
    const key = `${identity}/${ordinal}`;
    let record = records.get(key);
    if (record === undefined) {
      const opened = Math.max(
        identity === 1 ? person.identities[1]!.from : from,
        ordinal === 1 ? secondFrom : from,
      );
      record = story.open(partner, Math.min(opened, day), ordinal + identity * 2);
      const place = (placed.firstNumber + person.identities[identity]!.slot) * 2 + ordinal;
      record = { ...record, localId: localIdOf(place) };
      records.set(key, record);
      story.tell(record);
    }
    return record;
  };
  return {
    row(day, file, fields) {
      const sentOn = random.chance(lateRow) ? day + random.between(30, 120) : day;
      if (day < world.from || sentOn > world.until) return;
      const record = recordOn(day);
      const text = row(sheet.separator, fields(saidOn(record, day), record.localId));
      story.write(
        { path: `${feedFolder(partner)}/${file}.csv`, style: sheet.style },
        sentOn * minutesADay,
        text,
      );
    },
  };
}

/** The partner of a kind in the place where someone lives on a day; undefined without an address. */
export function partnerOn(story: Story, kind: FeedKind, day: Day, id = ''): Partner | undefined {
  const lsoa = lsoaOn(story, day);
  if (lsoa === undefined) return undefined;
  const all = story.world.partnersWho(kind).filter((partner) => partner.id.startsWith(id));
  return all.find(({ lsoa: own }) => own.neighbourhood.place === lsoa.neighbourhood.place);
}

export function lsoaOn({ person }: Story, day: Day): Lsoa | undefined {
  return (person.stays.findLast(({ from }) => from <= day) ?? person.stays[0]!).address.lsoa;
}

/** The calendar quarter of a day: `2025-Q2`. */
export const quarterOf = (day: Day): string => {
  const iso = isoDay(day);
  return `${iso.slice(0, 4)}-Q${Math.floor((Number(iso.slice(5, 7)) - 1) / 3) + 1}`;
};

/** The financial year of a day, from April: `2025-26`. */
export const financialYearOf = (day: Day): string => {
  const iso = isoDay(day);
  const year = Number(iso.slice(0, 4)) - (iso.slice(5, 7) < '04' ? 1 : 0);
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
};

/** Whether the person is alive and lives in the area. */
export const isHereOn = ({ person }: Story, day: Day): boolean =>
  day >= person.hereFrom && day < person.hereTo && (person.died === undefined || day < person.died);
