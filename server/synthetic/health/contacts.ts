import { minutesADay, yearsOn, type Day, type Minute } from '../calendar.ts';
import type { Person } from '../lives/types.ts';
import { Random } from '../random.ts';
import type { World } from '../world.ts';
import type { Condition } from './conditions.ts';
import { ageGroup, byAge, emergencies, mental, planned, type Reason } from './reasons.ts';

type Where = 'acute' | 'mental-health' | 'independent';
export type Fate = 'attended' | 'moved' | 'cancelled' | 'missed';

/** Something that happened between a person and a service. */
export type Contact =
  | { kind: 'consultation'; at: Minute }
  | { kind: 'review'; at: Minute; condition: Condition }
  | { kind: 'vaccination'; at: Minute; vaccine: 'flu' | 'covid' | 'childhood' }
  | { kind: 'emergency'; at: Minute; until: Minute; reason: Reason; stayUntil: Minute | undefined }
  | { kind: 'stay'; at: Minute; until: Minute; reason: Reason; where: Where }
  | { kind: 'clinic'; referred: Minute; booked: Minute; at: Minute; fate: Fate; reason: Reason; where: Where }
  | { kind: 'laboratory'; at: Minute }
  | { kind: 'birth'; at: Minute };

const draws = { emergency: byAge(emergencies), planned: byAge(planned), mental: byAge(mental) };

/** How often in a year, for someone of average need with no long-term condition; `each` is added for each condition. */
const rates = {
  consultation: { base: 0.55, each: 0.22 },
  review: 0.75,
  emergency: { base: 0.1, each: 0.04 },
  emergencyStays: [0.12, 0.2, 0.5],
  plannedStay: { base: 0.02, each: 0.012 },
  clinic: { base: 0.12, each: 0.11 },
  laboratory: { base: 0.07, each: 0.13 },
  mentalClinic: { base: 0.012, ill: 0.5 },
  mentalStay: { base: 0.0006, ill: 0.03 },
  flu: [0.06, 0.1, 0.75],
  covid: [0, 0.04, 0.5],
} as const;

/** A smaller story: so many of the contacts of the full one. */
const lightShare = 0.28;

/** All contacts of a person within the years told, in no order. */
export function contactsOf(
  world: World,
  random: Random,
  person: Person,
  conditions: readonly Condition[],
  isLight: boolean,
): Contact[] {
  const first = Math.max(world.from, person.hereFrom);
  const last = Math.min(world.until, person.hereTo - 1, (person.died ?? world.until) - 1);
  const contacts: Contact[] = [];
  if (person.born >= world.from && person.mother !== undefined && person.hereFrom === person.born)
    contacts.push({ kind: 'birth', at: person.born * minutesADay + random.between(0, 1200) });
  if (last <= first) return contacts;
  const years = ((last - first) / 365.25) * (isLight ? lightShare : 1);
  const age = yearsOn((first + last) / 2, person.born);
  const group = ageGroup(age);
  const ill = conditions.length;
  const decile = person.stays.at(-1)!.address.lsoa?.imdDecile ?? 1;
  const byWealth = 1.25 - 0.045 * decile;
  const need = Math.min(4, person.need) * years;
  const times = (mean: number): number => random.poisson(Math.min(25, mean));
  const day = (): Day => random.between(first, last);
  const when = (open = 9, close = 18): Minute =>
    day() * minutesADay + random.between(open * 60, close * 60 - 1);
  const byAgeUse = age < 5 ? 1.6 : age > 75 ? 1.5 : 1;

  for (let n = times(need * byAgeUse * (rates.consultation.base + rates.consultation.each * ill)); n > 0; n--)
    contacts.push({ kind: 'consultation', at: when(8, 18) });
  for (const condition of conditions)
    for (let n = times(rates.review * years); n > 0; n--) {
      const at = when(9, 17);
      if (at > condition.onset * minutesADay) contacts.push({ kind: 'review', at, condition });
    }
  for (
    let n = times(need * byWealth * byAgeUse * (rates.emergency.base + rates.emergency.each * ill));
    n > 0;
    n--
  )
    contacts.push(emergency(random, when(0, 24), group));
  for (let n = times(need * (rates.plannedStay.base + rates.plannedStay.each * ill)); n > 0; n--) {
    const at = when(7, 9);
    const nights = random.chance(0.75) ? 0 : random.between(1, 5);
    const until = at + nights * minutesADay + random.between(300, 600);
    const where = random.chance(0.3) && age > 18 ? 'independent' : 'acute';
    contacts.push({ kind: 'stay', at, until, reason: draws.planned[group]!.draw(random), where });
  }
  for (let n = times(need * (rates.clinic.base + rates.clinic.each * ill)); n > 0; n--)
    contacts.push(
      clinic(
        random,
        first,
        when(),
        draws.planned[group]!.draw(random),
        random.chance(0.12) && age > 18 ? 'independent' : 'acute',
      ),
    );
  for (let n = times(need * (rates.laboratory.base + rates.laboratory.each * ill)); n > 0; n--)
    contacts.push({ kind: 'laboratory', at: when(8, 16) });
  const isMentallyIll = conditions.some(({ register }) => register.code === 'MH' || register.code === 'DEM');
  const isLow = conditions.some(({ register }) => register.code === 'DEP');
  const mentalUse = isMentallyIll ? rates.mentalClinic.ill : isLow ? 0.08 : rates.mentalClinic.base;
  for (let n = times(need * mentalUse); n > 0; n--)
    contacts.push(clinic(random, first, when(), draws.mental[group]!.draw(random), 'mental-health'));
  for (let n = times(need * (isMentallyIll ? rates.mentalStay.ill : rates.mentalStay.base)); n > 0; n--) {
    const at = when(10, 22);
    contacts.push({
      kind: 'stay',
      at,
      until: at + random.between(3, 60) * minutesADay,
      reason: draws.mental[group]!.draw(random),
      where: 'mental-health',
    });
  }
  vaccinate(random, contacts, person, first, last, group, isLight);
  return contacts;
}

function emergency(random: Random, at: Minute, group: number): Contact {
  const until = at + random.between(50, 420);
  const isAdmitted = random.chance(rates.emergencyStays[group]!);
  const nights = Math.floor(-Math.log(1 - random.unit()) * (group === 2 ? 7 : 2.5));
  const stayUntil = isAdmitted ? until + nights * minutesADay + random.between(240, 900) : undefined;
  return { kind: 'emergency', at, until, reason: draws.emergency[group]!.draw(random), stayUntil };
}

function clinic(random: Random, first: Day, at: Minute, reason: Reason, where: Where): Contact {
  const waitDays = random.between(14, 160);
  const referred = Math.max(first * minutesADay + 540, at - waitDays * minutesADay);
  const booked = Math.min(at - 60, referred + random.between(1, 12) * minutesADay);
  const way = random.unit();
  const fate = way < 0.08 ? 'missed' : way < 0.15 ? 'cancelled' : way < 0.27 ? 'moved' : 'attended';
  return { kind: 'clinic', referred: Math.min(referred, booked - 30), booked, at, fate, reason, where };
}

/** Influenza and COVID-19 each autumn; children at 2, 3, 4 and 13 months and at 3 years and 4 months. */
function vaccinate(
  random: Random,
  contacts: Contact[],
  person: Person,
  first: Day,
  last: Day,
  group: number,
  isLight: boolean,
): void {
  for (const months of [2, 3, 4, 13, 40]) {
    const day = person.born + Math.round(months * 30.44) + random.between(0, 20);
    if (day >= first && day <= last && random.chance(0.92))
      contacts.push({
        kind: 'vaccination',
        at: day * minutesADay + random.between(540, 1000),
        vaccine: 'childhood',
      });
  }
  const isWilling = random.chance(rates.flu[group]!);
  const isWillingCovid = random.chance(rates.covid[group]!);
  const autumn = 273;
  for (let year = Math.floor(first / 365.25); year <= Math.floor(last / 365.25); year++) {
    const day = Math.floor(year * 365.25) + autumn + random.between(0, 80);
    if (day < first || day > last || (isLight && year % 3 !== 0)) continue;
    const at = day * minutesADay + random.between(540, 1080);
    if (isWilling) contacts.push({ kind: 'vaccination', at, vaccine: 'flu' });
    if (isWillingCovid) contacts.push({ kind: 'vaccination', at: at + 1, vaccine: 'covid' });
  }
}
