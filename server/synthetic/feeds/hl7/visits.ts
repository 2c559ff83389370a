import { isoDay, dayOfMinute, minutesADay, type Minute } from '../../calendar.ts';
import type { Contact } from '../../health/contacts.ts';
import type { Reason } from '../../health/reasons.ts';
import type { Desk } from './desk.ts';
import { practiceOn } from '../person-story.ts';
import { appointment, letter, referral, report, resources, type Slot } from './messages.ts';
import { diagnosis, visit, type Visit } from './segments.ts';
import { consultantFor } from './staff.ts';

/** Tells in messages of one contact with a hospital. */
export function tellOf(desk: Desk, contact: Contact): void {
  switch (contact.kind) {
    case 'emergency':
      return emergency(desk, contact);
    case 'stay':
      return stay(desk, contact);
    case 'clinic':
      return clinic(desk, contact);
    case 'laboratory':
      return desk.send('ORU', 'R01', contact.at, report(desk.dialect, desk.random, contact.at, desk.next()));
    case 'birth':
      return birth(desk, contact.at);
    default:
      return;
  }
}

function visitOf(
  desk: Desk,
  patientClass: Visit['patientClass'],
  ward: string,
  reason: Reason,
  admitted: Minute,
): Visit {
  const { story, dialect, random } = desk;
  const consultant = consultantFor(
    story.world.seed,
    dialect.facility,
    reason.specialty,
    random.between(0, 3),
  );
  return {
    patientClass,
    ward,
    bed: patientClass === 'I' ? String(random.between(1, 30)) : '',
    consultant,
    specialty: reason.specialty,
    number: desk.next(),
    admitted,
    discharged: undefined,
  };
}

const wards = ['ASH', 'BIRCH', 'CEDAR', 'ELM', 'FIR', 'HAZEL', 'LARCH', 'OAK', 'ROWAN', 'WILLOW'];

function adt(desk: Desk, trigger: string, at: Minute, told: Visit, ...lines: string[]): void {
  desk.send('ADT', trigger, at, [visit(desk.dialect, told), ...lines]);
}

function emergency(desk: Desk, contact: Contact & { kind: 'emergency' }): void {
  const { dialect, random, story } = desk;
  const { at, until, reason, stayUntil } = contact;
  const told = visitOf(desk, 'E', 'ED', reason, at);
  if (random.chance(0.02)) adt(desk, 'A09', at - 12, told);
  adt(desk, 'A04', at, told);
  if (random.chance(0.02)) adt(desk, 'A10', at + 2, told);
  if (story.detail === 'full' && random.chance(0.45))
    desk.send('ORU', 'R01', at + 45, [
      visit(dialect, told),
      ...report(dialect, random, at + 45, desk.next()),
    ]);
  const ended = { ...told, discharged: until };
  if (stayUntil === undefined) {
    adt(desk, 'A03', until, ended, diagnosis(dialect, reason.icd10, reason.label, until));
    return;
  }
  const ward = random.pick(wards);
  if (dialect.changesClass) {
    inpatient(
      desk,
      { ...told, patientClass: 'I', ward, bed: String(random.between(1, 30)) },
      'A06',
      until,
      stayUntil,
      reason,
    );
  } else {
    adt(desk, 'A03', until, ended);
    inpatient(desk, visitOf(desk, 'I', ward, reason, until + 3), 'A01', until + 3, stayUntil, reason);
  }
}

function stay(desk: Desk, contact: Contact & { kind: 'stay' }): void {
  const { random, story } = desk;
  const { at, until, reason } = contact;
  const told = visitOf(desk, 'I', random.pick(wards), reason, at);
  const isPlanned = contact.where !== 'mental-health';
  const before = Math.max(at - random.between(2, 14) * minutesADay, story.world.from * minutesADay);
  if (isPlanned && before < at && story.detail === 'full')
    adt(desk, 'A05', before, { ...told, patientClass: 'P', bed: '' });
  if (random.chance(0.006)) adt(desk, 'A07', at + 30, { ...told, patientClass: 'O' });
  inpatient(desk, told, 'A01', at, until, reason);
}

/** From admission to discharge, with the turns that happen on the way. */
function inpatient(
  desk: Desk,
  told: Visit,
  trigger: 'A01' | 'A06',
  at: Minute,
  until: Minute,
  reason: Reason,
): void {
  const { dialect, random, story } = desk;
  adt(desk, trigger, at, told, diagnosis(dialect, reason.icd10, reason.label, at));
  if (random.chance(0.01)) {
    adt(desk, 'A11', at + 10, told);
    adt(desk, trigger, at + 25, told, diagnosis(dialect, reason.icd10, reason.label, at));
  }
  let now = told;
  if (story.detail === 'full' && until - at > 2 * minutesADay && random.chance(0.5)) {
    const moved = Math.floor(at + (until - at) * (0.2 + 0.5 * random.unit()));
    const there = { ...told, ward: random.pick(wards), bed: String(random.between(1, 30)) };
    adt(desk, 'A02', moved, there);
    if (random.chance(0.03)) adt(desk, 'A12', moved + 15, told);
    else now = there;
  }
  if (random.chance(0.06)) adt(desk, 'A08', Math.floor((at + until) / 2), now);
  const ended = { ...now, discharged: until };
  adt(desk, 'A03', until, ended, diagnosis(dialect, reason.icd10, reason.label, until));
  if (random.chance(0.01)) {
    adt(desk, 'A13', until + 40, now);
    adt(desk, 'A03', until + 190, { ...now, discharged: until + 180 });
  }
  if (random.chance(story.detail === 'full' ? 0.85 : 0.3)) {
    const written = until + random.between(20, 2600);
    summary(desk, written, told, 'DS', 'Discharge summary', [
      `Admitted ${isoDay(dayOfMinute(at))}, discharged ${isoDay(dayOfMinute(until))}.`,
      `Diagnosis: ${reason.label}.`,
      'Plan: GP to review in two weeks & repeat bloods.',
    ]);
  }
}

function summary(
  desk: Desk,
  at: Minute,
  told: Visit,
  kind: 'DS' | 'CN',
  title: string,
  body: string[],
): void {
  const { dialect } = desk;
  const lines = letter(dialect, {
    id: desk.next(),
    at,
    kind,
    title,
    body: body.join('\n'),
    author: told.consultant,
  });
  desk.send('MDM', 'T02', at, [visit(dialect, told), ...lines]);
}

function clinic(desk: Desk, contact: Contact & { kind: 'clinic' }): void {
  const { dialect, random, story } = desk;
  const { referred, booked, at, fate, reason } = contact;
  const told = visitOf(desk, 'O', `${reason.specialty}OPD`, reason, at);
  if (story.detail === 'full' || random.chance(0.4))
    desk.send(
      'REF',
      'I12',
      referred,
      [],
      referral(dialect, desk.next(), referred, reason, practiceOn(story, dayOfMinute(referred))),
    );
  const slot: Slot = { id: desk.next(), at, minutes: random.pick([15, 20, 30]), reason, status: 'Booked' };
  const book = (trigger: string, when: Minute, changed: Slot): void =>
    desk.send(
      'SIU',
      trigger,
      when,
      [visit(dialect, told), ...resources(dialect, changed)],
      appointment(dialect, changed),
    );
  const first = fate === 'moved' ? Math.max(booked + 60, at - random.between(7, 60) * minutesADay) : at;
  book('S12', booked, { ...slot, at: first });
  if (fate === 'moved') book('S13', Math.min(at - 60, booked + Math.floor((first - booked) * 0.7)), slot);
  if (fate === 'cancelled')
    return book('S15', Math.max(booked + 30, at - random.between(1, 12) * minutesADay), {
      ...slot,
      status: 'Cancelled',
    });
  if (fate === 'missed') return book('S26', at + 40, { ...slot, status: 'Noshow' });
  adt(desk, 'A04', at - random.between(0, 15), told);
  if (random.chance(story.detail === 'full' ? 0.55 : 0.2)) {
    summary(desk, at + random.between(600, 12_000), told, 'CN', 'Clinic letter', [
      `Seen in ${reason.specialtyName.toLowerCase()} on ${isoDay(dayOfMinute(at))}.`,
      `Impression: ${reason.label}.`,
    ]);
  }
}

const newborn: Reason = {
  icd10: 'Z38.0',
  label: 'Liveborn infant, born in hospital',
  specialty: '422',
  specialtyName: 'Neonatology',
  ages: [1, 0, 0],
};

function birth(desk: Desk, at: Minute): void {
  const { dialect, random } = desk;
  const told = visitOf(desk, 'I', 'MATERNITY', newborn, at);
  const until = at + random.between(360, 4000);
  adt(desk, 'A01', at, told, diagnosis(dialect, newborn.icd10, newborn.label, at));
  adt(desk, 'A03', until, { ...told, discharged: until });
}
