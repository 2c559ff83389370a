import type { PersonInFile } from '../format/index.ts';
import { dateOf, dayNumber, weekdayOf } from '../rules/index.ts';
import { pastOf, type Duty } from './past.ts';
import type { Chance } from './random.ts';
import { bands, contractShares } from './setup.ts';

export type Frame = { firstDay: number; days: number };

/** Draws one of a list by shares in a hundred, evenly spread over people rather than by chance alone. */
export function spreadOver<T>(items: readonly T[], share: (item: T) => number, at: number): T {
  let left = at;
  for (const item of items) {
    if (left < share(item)) return item;
    left -= share(item);
  }
  return items.at(-1)!;
}

/** Somebody of the ward's own team. `place` runs from 0 to 100 over the team, so that bands are as planned. */
export function ownPerson(chance: Chance, id: string, place: number, frame: Frame): PersonInFile {
  const { band, pence } = spreadOver(bands, ({ share }) => share, place);
  const isYoung = band === 2 && chance.happens(0.05);
  const [weeklyMinutes] = spreadOver(contractShares, ([, share]) => share, 100 * chance.unit());
  const only = isYoung ? ['E', 'L'] : agreedShifts(chance, band);
  const allowed = only ?? ['E', 'L', 'LD', 'N'];
  const worked = pastOf(chance, frame.firstDay, weeklyMinutes, allowed);
  const leave = leaveOf(chance, frame, weeklyMinutes);
  return {
    id,
    contract: `w${weeklyMinutes / 60}`,
    tier: 'own',
    band,
    pencePerHour: pence,
    ...(isYoung ? { born: dateOf(frame.firstDay - 365 * 17 - chance.between(0, 300)) } : {}),
    ...(allowed.includes('N') ? { nightWorker: true } : {}),
    ...(chance.happens(0.12) ? { optOut: { from: '2025-01-01' } } : {}),
    competences: competencesOf(chance, band, frame),
    ...(only === undefined ? {} : { onlyShifts: only }),
    leave,
    requests: requestsOf(chance, frame, allowed),
    worked,
    memory: memoryOf(chance, worked),
  };
}

/** Somebody of the bank or an agency, who works only when they offer to. */
export function offeringPerson(
  chance: Chance,
  id: string,
  tier: 'bank' | 'agency',
  frame: Frame,
): PersonInFile {
  const isNurse = tier === 'agency' || chance.happens(0.5);
  const offers = Array.from({ length: frame.days }, (_, day) => day)
    .filter(() => chance.happens(0.35))
    .map((day) => ({
      date: dateOf(frame.firstDay + day),
      ...(chance.happens(0.5) ? { shifts: chance.happens(0.5) ? ['N'] : ['LD', 'E', 'L'] } : {}),
    }));
  return {
    id,
    contract: 'by-offer',
    tier,
    band: isNurse ? 5 : 2,
    ...(isNurse ? {} : { pencePerHour: tier === 'bank' ? 1500 : 2400 }),
    competences: isNurse && chance.happens(0.6) ? [{ id: 'iv' }] : [],
    offers,
    worked: [],
  };
}

function agreedShifts(chance: Chance, band: number): string[] | undefined {
  if (band === 7) return ['E', 'L', 'LD'];
  const draw = chance.unit();
  if (draw < 0.06) return ['E', 'L'];
  if (draw < 0.15) return ['E', 'L', 'LD'];
  if (draw < 0.2) return ['N'];
  return undefined;
}

function competencesOf(
  chance: Chance,
  band: number,
  { firstDay, days }: Frame,
): NonNullable<PersonInFile['competences']> {
  const found: NonNullable<PersonInFile['competences']> = [];
  if (band >= 6 || (band === 5 && chance.happens(0.12))) found.push({ id: 'in-charge' });
  if (band >= 6 || (band === 5 && chance.happens(0.65)))
    found.push(
      chance.happens(0.06) ? { id: 'iv', to: dateOf(firstDay + chance.between(3, days - 3)) } : { id: 'iv' },
    );
  if (band >= 5 && chance.happens(0.22)) found.push({ id: 'chemotherapy' });
  return found;
}

/** Weeks of leave, and now and then a day of study: about 15% of contracted time in all. */
function leaveOf(
  chance: Chance,
  { firstDay, days }: Frame,
  weeklyMinutes: number,
): NonNullable<PersonInFile['leave']> {
  const leave: NonNullable<PersonInFile['leave']> = [];
  for (let monday = firstDay + ((7 - weekdayOf(firstDay)) % 7); monday + 7 <= firstDay + days; monday += 7) {
    if (chance.happens(0.12)) {
      leave.push({ from: dateOf(monday), to: dateOf(monday + 5), minutesADay: weeklyMinutes / 5 });
      leave.push({ from: dateOf(monday + 5), to: dateOf(monday + 7), minutesADay: 0 });
    } else if (chance.happens(0.1)) {
      const day = monday + chance.between(0, 4);
      leave.push({ from: dateOf(day), to: dateOf(day + 1), minutesADay: 450 });
    }
  }
  return leave;
}

function requestsOf(
  chance: Chance,
  { firstDay, days }: Frame,
  allowed: readonly string[],
): NonNullable<PersonInFile['requests']> {
  const requests: NonNullable<PersonInFile['requests']> = [];
  const asked = new Set<number>();
  for (let left = chance.between(2, Math.max(2, Math.round(days / 5))); left > 0; left--) {
    const start = chance.between(0, days - 1);
    const length = chance.happens(0.4) ? 2 : 1;
    const wantsOff = chance.happens(0.75);
    for (let day = start; day < Math.min(days, start + length); day++) {
      if (asked.has(day)) continue;
      asked.add(day);
      const date = dateOf(firstDay + day);
      if (wantsOff) requests.push({ date, want: 'off', weight: chance.between(6, 20) });
      else requests.push({ date, want: 'on', shift: chance.pick(allowed), weight: chance.between(4, 12) });
    }
  }
  return requests.toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** What 17 weeks come to in half a year. */
const halfYear = (count: number): number => Math.round((count * 26) / 17);

function memoryOf(chance: Chance, worked: readonly Duty[]): NonNullable<PersonInFile['memory']> {
  const weekends = new Set(
    worked
      .filter(({ date }) => weekdayOf(dayNumber(date)!) >= 5)
      .map(({ date }) => Math.floor((dayNumber(date)! + 3) / 7)),
  );
  return {
    nights: halfYear(worked.filter(({ shift }) => shift === 'N').length),
    weekends: halfYear(weekends.size),
    holidays: chance.between(0, 2),
    refused: chance.between(0, 6),
  };
}
