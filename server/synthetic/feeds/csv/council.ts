import { yearsOn, type Day } from '../../calendar.ts';
import type { Said } from '../../errors/source-record.ts';
import { Random } from '../../random.ts';
import { practiceOn, type Story } from '../person-story.ts';
import { isHereOn, openOutlet, partnerOn, quarterOf, type Outlet } from './outlet.ts';
import { birthOf, sheets } from './styles.ts';

const sheet = sheets.council;

/** Chance of asking for social care in the years told: by age and by what makes daily life hard. */
function chanceOf(story: Story, age: number): number {
  const has = (code: string): boolean => story.conditions.some(({ register }) => register.code === code);
  const byAge = age < 18 ? 0 : age < 65 ? 0.012 : age < 75 ? 0.06 : age < 85 ? 0.16 : 0.4;
  const byNeed =
    (has('DEM') ? 0.45 : 0) + (has('LD') ? 0.6 : 0) + (has('STIA') ? 0.15 : 0) + (has('MH') ? 0.12 : 0);
  return age < 18 ? 0 : Math.min(0.95, byAge + byNeed);
}

const reasons = [
  'Physical Support: Personal Care Support',
  'Physical Support: Access & Mobility Only',
  'Support with Memory & Cognition',
  'Learning Disability Support',
  'Mental Health Support',
  'Social Support: Support for Social Isolation/Other',
] as const;

const routes = [
  'Discharge from Hospital',
  'Community / Other route',
  'Diversion from Hospital Services',
  'Planned Entry (Transition)',
] as const;
const services = [
  ['Long Term Support: Community', 'Home Support', '24.50', 'Hourly'],
  ['Long Term Support: Community', 'Day Support', '48.00', 'Daily'],
  ['Long Term Support: Residential Care', 'Residential Care', '890.00', 'Weekly'],
  ['Long Term Support: Nursing Care', 'Nursing Care', '1040.00', 'Weekly'],
  ['Short Term Support: ST-Max', 'Reablement', '31.00', 'Hourly'],
] as const;
const mechanisms = ['CASSR Managed Personal Budget', 'Direct Payment', 'CASSR Commissioned Support'] as const;

/** Writes adult social care in the shape of Client Level Data: requests, assessments, services and reviews. */
export function sendFromCouncil(story: Story): void {
  const { world, person, placed } = story;
  const random = new Random(world.seed, 0xc05c, placed.firstNumber + person.slot);
  const age = yearsOn(world.until, person.born);
  if (!random.chance(chanceOf(story, age))) return;
  let day = random.between(Math.max(world.from, person.hereFrom), Math.min(world.until, person.hereTo));
  const council = partnerOn(story, 'council', day);
  if (council === undefined || !isHereOn(story, day)) return;
  const outlet = openOutlet(story, random, council, sheet, day, (place) => `P${String(place * 7 + 100_003)}`);
  const reason = reasonFor(story, random, age);
  let number = 0;
  const write = (eventDay: Day, ended: Day | undefined, type: string, more: Partial<Row>): void =>
    writeRow(
      outlet,
      eventDay,
      council.odsCode,
      { reason, age, type, ended, number: ++number, ...more },
      story,
    );
  const rounds = 1 + random.poisson(0.6);
  for (let round = 0; round < rounds && isHereOn(story, day) && day <= world.until; round++) {
    const goesOn = random.chance(0.6);
    write(day, day + random.between(0, 4), 'Request', {
      route: random.pick(routes),
      outcome: goesOn
        ? 'Progress to Assessment'
        : random.pick(['NFA-Information & Advice', 'NFA-Support declined', 'NFA-Self-funded']),
    });
    if (!goesOn) {
      day += random.between(60, 700);
      continue;
    }
    day += random.between(5, 60);
    if (!isHereOn(story, day)) return;
    const gets = random.chance(0.8);
    write(day, day + random.between(1, 25), 'Assessment', {
      assessment: round === 0 ? 'Short Term Assessment' : 'Long Term Assessment',
      outcome: gets ? 'Progress to Support Planning' : 'NFA-Other',
    });
    if (!gets) return;
    day += random.between(3, 40);
    const service = random.pick(services);
    const isShort = service[0].startsWith('Short');
    const ended = day + (isShort ? random.between(14, 42) : random.between(120, 2000));
    if (!isHereOn(story, day)) return;
    write(day, ended <= world.until && isHereOn(story, ended) ? ended : undefined, 'Service', {
      service,
      mechanism: random.pick(mechanisms),
    });
    for (
      let review = day + random.between(40, 400);
      review < Math.min(ended, world.until);
      review += random.between(250, 420)
    )
      if (isHereOn(story, review))
        write(review, review + random.between(0, 10), 'Review', {
          review: random.pick([
            'Planned',
            'Unplanned - Carer related',
            'Unplanned - Hospital (Planned and unplanned)',
          ]),
          outcome: random.pick(['No change in package', 'Progress to Re-assessment', 'No change in package']),
        });
    day = ended + random.between(20, 400);
  }
}

function reasonFor(story: Story, random: Random, age: number): string {
  const has = (code: string): boolean => story.conditions.some(({ register }) => register.code === code);
  if (has('LD')) return reasons[3];
  if (has('DEM')) return reasons[2];
  if (has('MH') && age < 70) return reasons[4];
  return random.pick([reasons[0], reasons[0], reasons[1], reasons[5]]);
}

type Row = {
  reason: string;
  age: number;
  type: string;
  ended: Day | undefined;
  number: number;
  outcome: string;
  route: string;
  assessment: string;
  service: (typeof services)[number];
  mechanism: string;
  review: string;
};

function writeRow(
  outlet: Outlet,
  day: Day,
  council: string,
  row: Partial<Row> & Pick<Row, 'age' | 'ended'>,
  story: Story,
): void {
  const [type, component, cost, unit] = row.service ?? ['', '', '', ''];
  outlet.row(day, `cld-${quarterOf(day)}`, (said: Said, localId) => [
    council,
    'Y',
    localId,
    said.nhsNumber,
    said.given,
    said.family,
    birthOf(sheet, said.born),
    said.sex === 'F' ? 'Female' : said.sex === 'M' ? 'Male' : 'Unknown',
    said.ethnicCode,
    said.isRestricted ? '' : `${said.line}${said.town === '' ? '' : `, ${said.town}`}`,
    said.isRestricted ? '' : said.postcode,
    said.isRestricted ? '' : said.phone,
    story.person.died !== undefined && story.person.died <= day ? sheet.date(story.person.died) : '',
    practiceOn(story, day).odsCode,
    'Service User',
    row.reason ?? '',
    'Settled',
    row.type ?? '',
    `${localId}-${row.number}`,
    sheet.date(day),
    row.ended === undefined || row.ended > story.world.until ? '' : sheet.date(row.ended),
    row.outcome ?? '',
    row.route ?? '',
    row.assessment ?? '',
    type,
    component,
    row.mechanism ?? '',
    cost,
    unit,
    row.review ?? '',
  ]);
}
