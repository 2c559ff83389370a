import { isoDay, yearOf, yearsOn, type Day } from '../../calendar.ts';
import type { Said } from '../../errors/source-record.ts';
import { Random } from '../../random.ts';
import type { FeedKind } from '../../place/types.ts';
import type { Story } from '../person-story.ts';
import { financialYearOf, isHereOn, lsoaOn, openOutlet, partnerOn } from './outlet.ts';
import { birthOf, sheets } from './styles.ts';

const streamOf = ({ world, person, placed }: Story, kind: number): Random =>
  new Random(world.seed, 0xc57, kind, placed.firstNumber + person.slot);

const local = (prefix: string, factor: number) => (place: number) => `${prefix}${place * factor + 1_009}`;
const open = (said: Said, value: string): string => (said.isRestricted ? '' : value);

/** Writes what the community partners send of a person, of the kinds that are wanted. */
export function sendFromCommunity(story: Story, kinds: ReadonlySet<FeedKind>): void {
  if (kinds.has('voluntary')) {
    sendFromBefrienders(story);
    sendFromCarersCentre(story);
  }
  if (kinds.has('housing')) sendFromLandlord(story);
  if (kinds.has('school')) sendFromSchool(story);
  if (kinds.has('drug-and-alcohol')) sendFromDrugService(story);
}

function sendFromBefrienders(story: Story): void {
  const { world, person } = story;
  const random = streamOf(story, 1);
  const age = yearsOn(world.until, person.born);
  if (age < 65 || !random.chance(age < 75 ? 0.05 : 0.11)) return;
  const from = random.between(Math.max(world.from, person.hereFrom), world.until);
  const partner = partnerOn(story, 'voluntary', from, 'voluntary-befriending');
  if (partner === undefined || !isHereOn(story, from)) return;
  const sheet = sheets['voluntary-befriending'];
  const outlet = openOutlet(story, random, partner, sheet, from, local('GN', 3));
  const by = random.pick(['GP', 'Self', 'Family', 'Social worker', 'Hospital']);
  const entries = story.detail === 'full' ? random.between(2, 9) : random.between(1, 3);
  let day = from;
  for (let i = 0; i < entries && isHereOn(story, day); i++, day += random.between(6, 40)) {
    const at = day;
    const isFirst = i === 0;
    const activity = isFirst ? 'Welcome call' : random.pick(['Visit', 'Phone call', 'Lunch club', 'Walk']);
    const minutes = String(random.between(2, 12) * 10);
    const outcome = random.pick([
      'Going well',
      'Going well',
      'Low mood, told GP',
      'Not in',
      'Needs shopping help, "asked twice"',
    ]);
    outlet.row(at, `clients-${financialYearOf(at)}`, (said, id) => [
      id,
      said.given,
      said.family,
      said.known,
      birthOf(sheet, said.born),
      said.sex === 'F' ? 'Woman' : said.sex === 'M' ? 'Man' : '',
      open(said, said.line),
      open(said, said.postcode),
      open(said, said.mobile || said.phone),
      open(said, said.email),
      isFirst ? 'Referral' : 'Contact',
      sheet.date(at),
      isFirst ? by : '',
      activity,
      minutes,
      isFirst ? '' : outcome,
      'Y',
    ]);
  }
}

function sendFromCarersCentre(story: Story): void {
  const { world, person } = story;
  const random = streamOf(story, 2);
  const age = yearsOn(world.until, person.born);
  if (age < 25 || age > 80 || !random.chance(0.025)) return;
  const from = random.between(Math.max(world.from, person.hereFrom), world.until);
  const partner = partnerOn(story, 'voluntary', from, 'voluntary-carers');
  if (partner === undefined || !isHereOn(story, from)) return;
  const sheet = sheets['voluntary-carers'];
  const outlet = openOutlet(story, random, partner, sheet, from, local('C-', 5));
  const cared = random.pick(['Mother', 'Father', 'Partner', 'Child', 'Neighbour']);
  const hours = String(random.pick([5, 10, 15, 20, 35, 50]));
  let day = from;
  for (
    let i = 0;
    i < (story.detail === 'full' ? 3 : 1) && isHereOn(story, day);
    i++, day += random.between(60, 300)
  ) {
    const at = day;
    const support = random.pick(['Assessment', 'Respite grant', 'Support group', 'Benefits advice']);
    outlet.row(at, `carers-${financialYearOf(at)}`, (said, id) => [
      id,
      `${said.given} ${said.family}`,
      birthOf(sheet, said.born),
      said.sex,
      open(said, said.postcode),
      open(said, said.mobile || said.phone),
      i === 0 ? 'Registration' : 'Support',
      sheet.date(at),
      cared,
      hours,
      support,
      'Y',
    ]);
  }
}

/** Social tenants: about 17 in 100 households, most in deprived areas (English Housing Survey, rounded). */
function sendFromLandlord(story: Story): void {
  const { world, person, placed } = story;
  const ofHousehold = new Random(world.seed, 0xc58, placed.firstNumber);
  const decile = person.stays[0]!.address.lsoa?.imdDecile ?? 5;
  if (!ofHousehold.chance(0.36 - 0.034 * decile)) return;
  const began = world.from - ofHousehold.between(200, 6000);
  const random = streamOf(story, 3);
  const start = Math.max(began, person.hereFrom);
  const sheet = sheets.housing;
  const home = person.stays[0]!.address;
  const partner = partnerOn(story, 'housing', start);
  if (partner === undefined || home.kind !== 'home') return;
  const outlet = openOutlet(story, random, partner, sheet, start, local('T', 3));
  const tenancy = `TN${placed.firstNumber * 2 + 60_013}`;
  for (let year = yearOf(world.from) + 1; year <= yearOf(world.until); year++) {
    const day = aprilOf(year);
    const address = (person.stays.findLast(({ from }) => from <= day) ?? person.stays[0]!).address;
    if (day > world.until || !isHereOn(story, day) || yearsOn(day, person.born) < 18 || address !== home)
      continue;
    const isDamp = ofHousehold.chance(0.14);
    const arrears = random.chance(0.2) ? String(random.between(1, 20)) : '0';
    const adaptation = random.chance(0.06)
      ? random.pick(['Grab rails', 'Level access shower', 'Stair lift'])
      : '';
    outlet.row(day, `tenants-${year}`, (said, id) => [
      tenancy,
      id,
      said.title,
      said.given,
      said.family,
      birthOf(sheet, said.born),
      said.sex,
      open(said, said.phone),
      open(said, `${home.line}, ${home.town}`),
      open(said, home.postcode),
      sheet.date(start),
      sheet.date(day),
      isDamp ? 'Yes' : 'No',
      adaptation,
      arrears,
      'Y',
    ]);
  }
}

const aprilOf = (year: number): Day => Date.UTC(year, 2, 31) / 86_400_000;
const octoberOf = (year: number): Day => Date.UTC(year, 9, 2) / 86_400_000;

function sendFromSchool(story: Story): void {
  const { world, person } = story;
  const age = yearsOn(world.until, person.born);
  if (age < 4 || age > 23) return;
  const random = streamOf(story, 4);
  const schools = world.partnersWho('school');
  const sheet = sheets.school;
  const hasFreeMeals = random.chance(0.46 - 0.04 * (lsoaOn(story, world.until)?.imdDecile ?? 1));
  const provision = random.chance(0.16) ? (random.chance(0.25) ? 'E' : 'K') : 'N';
  const outlets = new Map<number, ReturnType<typeof openOutlet>>();
  for (let year = yearOf(world.from); year < yearOf(world.until); year++) {
    const day = octoberOf(year);
    const group = year - yearOf(person.born + 122) - 5;
    const lsoa = lsoaOn(story, day);
    if (group < 0 || group > 13 || lsoa === undefined || !isHereOn(story, day)) continue;
    const at = Math.min(
      schools.length - 1,
      Math.floor((lsoa.index * schools.length) / world.land.lsoas.length),
    );
    let outlet = outlets.get(at);
    if (outlet === undefined) {
      outlet = openOutlet(
        story,
        random,
        schools[at]!,
        sheet,
        day,
        (place) => `Z9${String(place).padStart(10, '0')}${at % 10}`,
      );
      outlets.set(at, outlet);
    }
    const attendance = Math.min(100, 93.5 + 4 * random.normal()).toFixed(1);
    outlet.row(day, `pupils-${year}`, (said, id) => [
      id,
      said.given,
      said.family,
      said.known || said.given,
      birthOf(sheet, said.born),
      said.sex,
      said.ethnicCode,
      open(said, said.postcode),
      group === 0 ? 'R' : String(group),
      isoDay(day),
      provision,
      hasFreeMeals ? 'Y' : 'N',
      attendance,
      'Y',
    ]);
  }
}

function sendFromDrugService(story: Story): void {
  const { world, person } = story;
  const random = streamOf(story, 5);
  const age = yearsOn(world.until, person.born);
  const decile = lsoaOn(story, world.until)?.imdDecile ?? 1;
  const chance = age < 18 || age > 75 ? 0 : 0.024 - 0.002 * decile;
  if (!random.chance(chance * (person.need > 1.5 ? 2 : 0.8))) return;
  const partner = world.partnersWho('drug-and-alcohol')[0]!;
  const from = random.between(Math.max(world.from, person.hereFrom), world.until);
  if (!isHereOn(story, from)) return;
  const sheet = sheets['drug-and-alcohol'];
  const outlet = openOutlet(story, random, partner, sheet, from, local('NT', 9));
  const substance = random.pick(['ALCOHOL', 'ALCOHOL', 'HEROIN', 'COCAINE', 'CANNABIS']);
  const entries = story.detail === 'full' ? random.between(2, 8) : 2;
  let day = from;
  for (let i = 0; i < entries && isHereOn(story, day); i++, day += random.between(10, 60)) {
    const at = day;
    const isLast = i === entries - 1;
    const outcome = isLast ? random.pick(['COMPLETED', 'DROPPED OUT', 'TRANSFERRED']) : '';
    const intervention = i === 0 ? '' : random.pick(['KEYWORK', 'PHARMACOLOGICAL', 'GROUP', 'PEER SUPPORT']);
    outlet.row(at, `treatment-${financialYearOf(at)}`, (said, id) => [
      id,
      said.nhsNumber,
      said.given.toUpperCase(),
      said.family.toUpperCase(),
      said.born,
      said.sex,
      said.ethnicCode,
      open(said, said.postcode),
      `${id}-${isoDay(from).replaceAll('-', '')}`,
      i === 0 ? 'ASSESSMENT' : isLast ? 'DISCHARGE' : 'CONTACT',
      isoDay(at),
      substance,
      intervention,
      outcome,
      'Y',
    ]);
  }
}
