import { dayOfMinute, isoDay, minutesADay, yearsOn, type Day, type Minute } from '../../calendar.ts';
import { saidOn, type SourceRecord } from '../../errors/source-record.ts';
import { habits } from '../../errors/table.ts';
import type { Contact } from '../../health/contacts.ts';
import type { Condition } from '../../health/conditions.ts';
import { feedFolder, ndjson, type OutputFile } from '../../output/layout.ts';
import type { Partner } from '../../place/types.ts';
import { Random } from '../../random.ts';
import type { Story } from '../person-story.ts';
import {
  allergies,
  bodyMass,
  complaints,
  fat,
  filtration,
  longTermSugar,
  pressure,
  repeats,
  smoking,
  vaccines,
} from './clinical.ts';
import type { Registration } from './registrations.ts';
import * as fhir from './resources.ts';

/** The first file of a practice is a whole extract of this many days before the end; months follow, then days. */
export const increments = { days: 365, daily: 31 } as const;

/** The extract in which something is sent that was written down on a day. */
export function extractFile(practice: Partner, day: Day, until: Day): OutputFile {
  const folder = feedFolder(practice);
  const baseline = until - increments.days;
  const name =
    day <= baseline
      ? `baseline-${isoDay(baseline)}`
      : day > until - increments.daily
        ? isoDay(day)
        : isoDay(day).slice(0, 7);
  return { path: `${folder}/${name}.ndjson`, style: ndjson };
}

/** Writes what general practices send of a person: FHIR R4 UK Core, the Patient first, then what concerns them. */
export function sendFromPractices(story: Story): void {
  const { world, person, placed, registrations } = story;
  const random = new Random(world.seed, 0x6b, placed.firstNumber + person.slot);
  registrations.forEach((registration, at) => {
    sendRecord(
      story,
      random,
      registration,
      registration.to === undefined && at === registrations.length - 1,
      at,
    );
    const isDoubled = random.chance(habits.gp.duplicate);
    if (isDoubled) sendPatient(story, registration, open(story, registration, 1), random.uuid());
  });
}

/** Who was there from the beginning is known as of the first day; a few as of long before. */
function open(story: Story, { practice, from }: Registration, ordinal: number): SourceRecord {
  const { world, person, placed } = story;
  const isOld = new Random(world.seed, 0x01d, placed.firstNumber + person.slot).chance(
    habits.gp.staleForEver,
  );
  return story.open(practice, Math.max(from, person.born, world.from - (isOld ? 2000 : 0)), ordinal);
}

type Writer = (at: Minute, text: string) => void;

/** Sends the Patient whenever the practice learns something new. */
function sendPatient(story: Story, registration: Registration, record: SourceRecord, id: string): Writer {
  const { world, person } = story;
  const { practice, from, to } = registration;
  const baseline = world.until - increments.days;
  const left = to !== undefined && to <= world.until ? to : undefined;
  const died =
    person.died !== undefined && person.died <= world.until && left === undefined ? person.died : undefined;
  const days = new Set([from, ...record.versions.map((version) => version.from)]);
  if (left !== undefined) days.add(left);
  if (died !== undefined) days.add(Math.min(world.until, died + 3));
  const last = left ?? world.until;
  const sendable = [...days].filter((day) => day <= last).sort((a, b) => a - b);
  const old = sendable.filter((day) => day <= baseline).at(-1);
  const write: Writer = (at, text) => {
    const day = Math.max(dayOfMinute(at), from);
    story.write(extractFile(practice, day, world.until), Math.max(day, baseline) * minutesADay, text);
  };
  for (const day of sendable) {
    if (day <= baseline && day !== old) continue;
    const facts = {
      isActive: left === undefined || day < left,
      died: died !== undefined && day > died ? died : undefined,
    };
    write(day * minutesADay, fhir.patient(id, saidOn(record, day), practice, facts));
  }
  story.tell({ ...record, localId: id });
  return write;
}

function sendRecord(
  story: Story,
  random: Random,
  registration: Registration,
  isLast: boolean,
  at: number,
): void {
  const { world, person, conditions, contacts } = story;
  const ids = new Random(world.seed, 0x1d, story.placed.firstNumber + person.slot, at);
  const id = ids.uuid();
  const record = open(story, registration, 0);
  const write = sendPatient(story, registration, record, id);
  const { practice, from, to } = registration;
  const until = Math.min(to ?? world.until, world.until);
  const isOurs = (day: Day): boolean => day >= from && day <= until;
  const isNewIdentity = record.identity === 1;
  for (const condition of conditions) {
    const onset = isNewIdentity ? Math.max(condition.onset, from) : condition.onset;
    if (onset > until) continue;
    // What a practice learns on registration comes with the record of the one before.
    const recorded = Math.max(onset, from);
    const concept = conceptOf(condition);
    write(recorded * minutesADay, fhir.condition(ids.uuid(), id, concept, onset, Math.min(onset, recorded)));
    if (isLast) sendRepeats(ids, random, write, id, condition, recorded, story);
  }
  if (random.chance(0.13)) {
    const day = Math.max(from, world.from - 400);
    write(day * minutesADay, fhir.allergy(ids.uuid(), id, allergies.draw(random).concept, day));
  }
  for (const contact of contacts)
    if (isOurs(dayOfMinute(contact.at))) sendContact(story, ids, random, write, id, practice, contact);
}

const concepts = new Map<string, string>();
function conceptOf({ register }: Condition): string {
  let concept = concepts.get(register.code);
  if (concept === undefined)
    concepts.set(register.code, (concept = fhir.snomed(register.snomed, register.label)));
  return concept;
}

function sendRepeats(
  ids: Random,
  random: Random,
  write: Writer,
  id: string,
  condition: Condition,
  recorded: Day,
  story: Story,
): void {
  const medicines = repeats[condition.register.code] ?? [];
  const count = story.detail === 'light' ? 1 : medicines.length;
  for (const { concept, dose } of medicines.slice(0, count)) {
    if (!random.chance(0.85)) continue;
    const at =
      Math.max(recorded, story.world.until - random.between(1, 700)) * minutesADay +
      random.between(480, 1080);
    write(at, fhir.medicationRequest(ids.uuid(), id, at, concept, dose, true, true));
  }
}

function sendContact(
  story: Story,
  ids: Random,
  random: Random,
  write: Writer,
  id: string,
  practice: Partner,
  contact: Contact,
): void {
  const { at } = contact;
  const { person, conditions } = story;
  const age = yearsOn(dayOfMinute(at), person.born);
  const has = (code: string): boolean => conditions.some(({ register }) => register.code === code);
  if (contact.kind === 'vaccination') {
    write(at, fhir.immunization(ids.uuid(), id, at, vaccines[contact.vaccine]));
    return;
  }
  if (contact.kind !== 'consultation' && contact.kind !== 'review') return;
  const visit = ids.uuid();
  const measure = ({ category, concept, value }: ReturnType<typeof pressure>): void =>
    write(at, fhir.observation(ids.uuid(), id, visit, at, category, concept, value));
  if (contact.kind === 'review') {
    write(at, fhir.encounter(visit, id, at, 15, conceptOf(contact.condition), practice));
    measure(pressure(random, age, has('HYP')));
    if (contact.condition.register.code === 'DM') measure(longTermSugar(random));
    if (['DM', 'CKD', 'HF'].includes(contact.condition.register.code))
      measure(filtration(random, has('CKD')));
    if (['CHD', 'STIA', 'PAD'].includes(contact.condition.register.code)) measure(fat(random));
    if (['OB', 'DM', 'HYP'].includes(contact.condition.register.code)) measure(bodyMass(random, has('OB')));
    return;
  }
  const { concept, medicine } = complaints.draw(random);
  write(at, fhir.encounter(visit, id, at, random.between(5, 15), concept, practice));
  if (age >= 18 && random.chance(0.35)) measure(pressure(random, age, has('HYP')));
  if (age >= 15 && random.chance(0.2))
    measure(smoking(random, person.stays.at(-1)!.address.lsoa?.imdDecile ?? 1));
  if (age >= 15 && random.chance(0.15)) measure(bodyMass(random, has('OB')));
  if (medicine !== undefined && random.chance(0.7))
    write(at, fhir.medicationRequest(ids.uuid(), id, at, medicine.concept, medicine.dose, false, false));
}
