import { yearsOn } from './calendar.ts';
import { openRecord, type SourceRecord } from './errors/source-record.ts';
import { sendFromCommunity } from './feeds/csv/community.ts';
import { sendFromCouncil } from './feeds/csv/council.ts';
import { registrationsOf } from './feeds/gp/registrations.ts';
import { sendFromPractices } from './feeds/gp/feed.ts';
import { sendFromHospitals } from './feeds/hl7/feed.ts';
import type { Detail, Story } from './feeds/person-story.ts';
import { conditionsOf } from './health/conditions.ts';
import { contactsOf } from './health/contacts.ts';
import type { Placed } from './lives/particulars.ts';
import type { Person } from './lives/types.ts';
import type { FileStyle, OutputFile } from './output/layout.ts';
import type { FeedKind, Partner } from './place/types.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

const truthStyle: FileStyle = {
  order: 'people',
  framing: 'lines',
  lineEnd: '\n',
  encoding: 'utf-8',
  header:
    'partner,local_id,person,identity,community,age_band,imd_decile,ethnic_code,scenario,merged_into,errors',
};
export const truthFile: OutputFile = { path: 'truth.csv', style: truthStyle };

/** The name by which the truth calls a person: the place of the first number. */
export const personName = (placed: Placed, person: Person): string =>
  `P${String(placed.firstNumber + person.slot).padStart(8, '0')}`;

type Telling = {
  world: World;
  detail: Detail;
  kinds: ReadonlySet<FeedKind>;
  write(file: OutputFile, at: number, text: string): void;
  count(record: SourceRecord): void;
};

/** Writes all that every partner sends of one person. */
export function tellPerson(telling: Telling, placed: Placed, person: Person): void {
  const { world, detail, kinds, write, count } = telling;
  const number = placed.firstNumber + person.slot;
  const conditions = conditionsOf(world, new Random(world.seed, 0xc0d, number), person);
  const contacts = contactsOf(
    world,
    new Random(world.seed, 0xc07, number),
    person,
    conditions,
    detail === 'light',
  );
  const story: Story = {
    world,
    detail,
    placed,
    person,
    conditions,
    contacts,
    registrations: registrationsOf(world, new Random(world.seed, 0x4e9, number), person),
    open: (partner: Partner, from, ordinal) =>
      openRecord(world.seed, world.until, { partner, placed, person, from, ordinal, localId: '' }),
    tell(record, mergedInto = '') {
      count(record);
      write(truthFile, record.from, truthRow(world, placed, person, record, mergedInto));
    },
    write,
  };
  if (kinds.has('gp')) sendFromPractices(story);
  sendFromHospitals(story, kinds);
  if (kinds.has('council')) sendFromCouncil(story);
  sendFromCommunity(story, kinds);
}

function truthRow(
  world: World,
  placed: Placed,
  person: Person,
  record: SourceRecord,
  mergedInto: string,
): string {
  const age = yearsOn(world.until, person.born);
  const band =
    age < 5
      ? '0-4'
      : age < 18
        ? '5-17'
        : age < 35
          ? '18-34'
          : age < 50
            ? '35-49'
            : age < 65
              ? '50-64'
              : age < 80
                ? '65-79'
                : '80+';
  const decile = person.stays.at(-1)!.address.lsoa?.imdDecile ?? '';
  return [
    record.partner.id,
    record.localId,
    personName(placed, person),
    record.identity,
    person.community,
    band,
    decile,
    person.ethnicCode,
    placed.household.scenario ?? '',
    mergedInto,
    record.errors.join(';'),
  ].join(',');
}
