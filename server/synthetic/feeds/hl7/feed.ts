import { dayOfMinute, isoDay, minutesADay, type Day, type Minute } from '../../calendar.ts';
import { saidOn, type Said, type SourceRecord } from '../../errors/source-record.ts';
import { habits } from '../../errors/table.ts';
import type { Contact } from '../../health/contacts.ts';
import { particularsOn } from '../../lives/particulars.ts';
import { feedFolder } from '../../output/layout.ts';
import type { Partner } from '../../place/types.ts';
import { Random } from '../../random.ts';
import { practiceOn, type Story } from '../person-story.ts';
import type { Desk } from './desk.ts';
import { dialects, localNumber, styleOf, type Dialect } from './dialects.ts';
import * as hl7 from './segments.ts';
import { tellOf } from './visits.ts';

/** How messages come late: shares of all messages. */
export const lateness = { byDays: 0.01, overtaken: 0.012 } as const;

/** Writes what hospitals send of a person: HL7 v2.4. */
export function sendFromHospitals(story: Story, kinds: ReadonlySet<string>): void {
  const byPartner = new Map<Partner, Contact[]>();
  const { world, person, placed } = story;
  const random = new Random(world.seed, 0x405b, placed.firstNumber + person.slot);
  for (const contact of story.contacts) {
    const partner = partnerFor(story, random, contact);
    if (partner === undefined || !kinds.has(partner.sends!)) continue;
    const list = byPartner.get(partner);
    if (list === undefined) byPartner.set(partner, [contact]);
    else list.push(contact);
  }
  for (const [partner, contacts] of byPartner) sendFrom(story, partner, contacts);
}

/** People go to the hospital of their half of the area, or now and then to the other. */
function partnerFor(story: Story, random: Random, contact: Contact): Partner | undefined {
  const { world, person } = story;
  const isElsewhere = random.chance(0.1);
  switch (contact.kind) {
    case 'consultation':
    case 'review':
    case 'vaccination':
      return undefined;
    case 'stay':
    case 'clinic':
      if (contact.where !== 'acute') return world.partnersWho(contact.where)[0];
  }
  const acute = world.partnersWho('acute');
  const day = dayOfMinute(contact.at);
  const { lsoa } = (person.stays.findLast(({ from }) => from <= day) ?? person.stays[0]!).address;
  const place = lsoa?.neighbourhood.place.index ?? 0;
  const home = place < Math.ceil(world.land.places.length / 2) ? 0 : 1;
  return acute[isElsewhere ? 1 - home : home];
}

const startOf = (contact: Contact): Minute => (contact.kind === 'clinic' ? contact.referred : contact.at);

function sendFrom(story: Story, partner: Partner, contacts: Contact[]): void {
  const { world, person, placed } = story;
  contacts.sort((a, b) => startOf(a) - startOf(b));
  const sealedOn = person.identities[1]?.from;
  const isAfter = (contact: Contact): boolean =>
    sealedOn !== undefined && dayOfMinute(startOf(contact)) >= sealedOn;
  const spans = [contacts.filter((contact) => !isAfter(contact)), contacts.filter(isAfter)];
  spans.forEach((span, identity) => {
    if (span.length === 0) return;
    const random = new Random(world.seed, 0xde5c, placed.firstNumber + person.slot, partner.index, identity);
    const end =
      identity === 0 && sealedOn !== undefined ? sealedOn * minutesADay : (world.until + 1) * minutesADay;
    sendSpan(story, partner, random, span, identity, end);
  });
}

/** All that is sent under one identity. */
function sendSpan(
  story: Story,
  partner: Partner,
  random: Random,
  contacts: Contact[],
  identity: number,
  end: Minute,
): void {
  const { world, person, placed } = story;
  const dialect = dialects[partner.id]!;
  const begin = startOf(contacts[0]!);
  const open = (at: Minute, ordinal: number): SourceRecord => {
    const place = (placed.firstNumber + person.identities[identity]!.slot) * 2 + ordinal;
    const record = story.open(partner, dayOfMinute(at), ordinal + identity * 2);
    return { ...record, localId: localNumber(dialect, place) };
  };
  const first = open(begin, 0);
  if (contacts[0]!.kind === 'birth') nameLater(story, first);
  const second = secondRecord(partner, random, contacts, open);
  const recordAt = (at: Minute): SourceRecord =>
    second !== undefined && at >= second.opened && at < second.merged ? second.record : first;
  const sent = new Set<SourceRecord>();
  let number = 0;
  const desk: Desk = {
    story,
    partner,
    dialect,
    random,
    written: new Map(),
    recordAt,
    next: () => `${recordAt(begin).localId}${String(++number).padStart(3, '0')}`,
    send(type, trigger, at, lines, before = []) {
      if (at >= end) return;
      const record = recordAt(at);
      if (sendMessage(desk, record, type, trigger, at, lines, before)) sent.add(record);
    },
  };
  desk.send('ADT', 'A28', begin - random.between(1, 20), []);
  if (second !== undefined) desk.send('ADT', 'A28', second.opened, []);
  for (const contact of contacts) tellOf(desk, contact);
  for (const { from } of first.versions.slice(1))
    desk.send('ADT', 'A31', from * minutesADay + random.between(500, 1100), []);
  const isMerged =
    second !== undefined && second.merged < end && sendMerge(desk, first, second.record, second.merged);
  if (person.died !== undefined && person.died <= world.until && random.chance(0.9))
    desk.send(
      'ADT',
      'A31',
      (person.died + random.between(1, 12)) * minutesADay + random.between(500, 1000),
      [],
    );
  for (const record of sent)
    story.tell(record, record === second?.record && isMerged ? first.localId : undefined);
}

type Second = { record: SourceRecord; opened: Minute; merged: Minute };

/** A clerk did not find the person and opened a second record; later perhaps somebody noticed. */
function secondRecord(
  partner: Partner,
  random: Random,
  contacts: Contact[],
  open: (at: Minute, ordinal: number) => SourceRecord,
): Second | undefined {
  const { duplicate, duplicateMerged } = habits[partner.sends!];
  const isDoubled = random.chance(duplicate);
  const at = contacts[Math.max(1, Math.floor(contacts.length / 2))];
  if (!isDoubled || at === undefined) return undefined;
  const opened = startOf(at) - 5;
  const merged = random.chance(duplicateMerged)
    ? opened + random.between(10, 500) * minutesADay
    : Number.POSITIVE_INFINITY;
  return { record: open(opened, 1), opened, merged };
}

function sendMerge(desk: Desk, surviving: SourceRecord, losing: SourceRecord, at: Minute): boolean {
  const { dialect } = desk;
  const { nhsNumber } = saidOn(losing, dayOfMinute(at));
  const mrg = hl7.segment(dialect, 'MRG', hl7.identifiers(dialect, losing.localId, nhsNumber));
  return sendMessage(desk, surviving, 'ADT', 'A40', at, [mrg], []);
}

/** Newborn babies are Baby of their mother's name, until their parents have named them. */
function nameLater(story: Story, record: SourceRecord): void {
  const { person, placed } = story;
  const { mother, twin } = person;
  const first = record.versions[0]!;
  const named = first.said;
  const family = mother === undefined ? named.family : particularsOn(placed, mother, person.born).family;
  const given =
    twin === undefined
      ? named.sex === 'F'
        ? 'Baby Girl'
        : 'Baby'
      : twin.slot > person.slot
        ? 'Twin One'
        : 'Twin Two';
  first.said = { ...named, family, given, middle: '', title: '' };
  record.versions.splice(1, 0, { from: first.from + 5 + (person.slot % 30), said: named });
  record.errors.push('baby-name');
}

/** False when the message would be sent outside the years told. */
function sendMessage(
  desk: Desk,
  record: SourceRecord,
  type: string,
  trigger: string,
  at: Minute,
  lines: string[],
  before: string[],
): boolean {
  const { story, dialect, random, partner } = desk;
  const sentAt = at + delay(random);
  const day = dayOfMinute(at);
  if (at < story.world.from * minutesADay - 60 || dayOfMinute(sentAt) > story.world.until) return false;
  const died = story.person.died !== undefined && story.person.died <= day ? story.person.died : undefined;
  const said = saidOn(record, day);
  const pid = patientSegments(desk, said, record.localId, practiceOn(story, day), died);
  const z = dialect.zSegment && type === 'ADT' ? [zSegment(dialect, said)] : [];
  const body = [
    hl7.header(dialect, type, trigger, sentAt),
    ...(type === 'SIU' || type === 'REF' || type === 'ORU' ? [] : [hl7.event(dialect, trigger, at, at)]),
    ...before,
    pid,
    ...lines,
    ...z,
  ];
  const month = isoDay(dayOfMinute(sentAt)).slice(0, 7);
  story.write(
    { path: `${feedFolder(partner)}/${month}.hl7`, style: styleOf(dialect) },
    sentAt,
    `${body.join('\r')}\r`,
  );
  return true;
}

/** PID and PD1, made again only when something in them changed. */
function patientSegments(
  { dialect, written }: Desk,
  said: Said,
  localId: string,
  practice: Partner,
  died: Day | undefined,
): string {
  const before = written.get(said);
  if (before !== undefined && before.practice === practice && before.died === died) return before.text;
  const text = hl7.patient(dialect, said, localId, practice, { died });
  written.set(said, { practice, died, text });
  return text;
}

/** Overnight carers, interpreters and the like have no place in HL7, so this trust made one. */
const zSegment = (dialect: Dialect, said: Said): string =>
  hl7.segment(dialect, 'ZPI', '1', said.isRestricted ? 'PROTECTED' : '', 'TEST PATIENT', said.ethnicCode);

/** Minutes between an event and its message. */
function delay(random: Random): number {
  const way = random.unit();
  if (way < lateness.byDays) return random.between(120, 14 * minutesADay);
  if (way < lateness.byDays + lateness.overtaken) return random.between(30, 119);
  return random.between(0, 2);
}
