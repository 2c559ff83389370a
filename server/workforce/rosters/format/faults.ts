import type { RulePack } from '../packs/index.ts';
import { dayNumber } from '../rules/index.ts';
import { canWork } from './choices.ts';
import { demandFaults } from './cover.ts';
import type { Fault } from './fault.ts';
import type { RosterFile } from './schema.ts';
import { shapeOf, shapeWorked } from './shapes.ts';

/** Everything in a file that names what is not there, or contradicts itself, in order of the file. */
export function* faultsIn(file: RosterFile, packs: ReadonlyMap<string, RulePack>): Generator<Fault> {
  yield* dateFaults(file, '');
  yield* repeatedIds(file);
  yield* shiftFaults(file);
  for (const [index, { packs: named }] of file.contracts.entries())
    for (const [at, id] of named.entries())
      if (!packs.has(id))
        yield { at: `/contracts/${index}/packs/${at}`, text: 'There is no rule pack of this id.' };
  yield* peopleFaults(file);
  yield* demandFaults(file);
  yield* assignmentFaults(file);
}

function* dateFaults(value: unknown, at: string): Generator<Fault> {
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\d$/.test(value) && dayNumber(value) === undefined)
      yield { at, text: 'This is no day of the calendar.' };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) yield* dateFaults(each, `${at}/${key}`);
    if ('from' in value && 'to' in value && String(value.from) >= String(value.to))
      yield { at: `${at}/to`, text: 'The end must come after the start.' };
  }
}

function* repeatedIds(file: RosterFile): Generator<Fault> {
  for (const list of ['competences', 'shifts', 'tiers', 'contracts', 'people', 'demand'] as const) {
    const seen = new Set<string>();
    for (const [index, { id }] of file[list].entries()) {
      if (seen.has(id)) yield { at: `/${list}/${index}/id`, text: 'This id is there twice.' };
      seen.add(id);
    }
  }
}

function* shiftFaults(file: RosterFile): Generator<Fault> {
  const competences = new Set(file.competences.map(({ id }) => id));
  for (const [index, shift] of file.shifts.entries()) {
    const at = `/shifts/${index}`;
    const { start, end } = shapeOf(shift);
    if (shift.breakMinutes > end - start)
      yield { at: `${at}/breakMinutes`, text: 'The breaks are longer than the shift.' };
    if ((shift.unpaidMinutes ?? 0) > shift.breakMinutes)
      yield { at: `${at}/unpaidMinutes`, text: 'More of the breaks is unpaid than there is.' };
    for (const [each, id] of (shift.needs ?? []).entries())
      if (!competences.has(id))
        yield { at: `${at}/needs/${each}`, text: 'There is no competence of this id.' };
  }
}

const ids = (list: readonly { id: string }[]): Set<string> => new Set(list.map(({ id }) => id));

function* peopleFaults(file: RosterFile): Generator<Fault> {
  const [contracts, tiers] = [ids(file.contracts), ids(file.tiers)];
  const [shifts, competences] = [ids(file.shifts), ids(file.competences)];
  const noShift = 'There is no shift of this id.';
  for (const [index, person] of file.people.entries()) {
    const at = `/people/${index}`;
    if (!contracts.has(person.contract))
      yield { at: `${at}/contract`, text: 'There is no contract of this id.' };
    if (!tiers.has(person.tier)) yield { at: `${at}/tier`, text: 'There is no tier of this id.' };
    for (const [each, { id }] of (person.competences ?? []).entries())
      if (!competences.has(id))
        yield { at: `${at}/competences/${each}/id`, text: 'There is no competence of this id.' };
    for (const [each, id] of (person.onlyShifts ?? []).entries())
      if (!shifts.has(id)) yield { at: `${at}/onlyShifts/${each}`, text: noShift };
    for (const [each, offer] of (person.offers ?? []).entries())
      for (const [which, id] of (offer.shifts ?? []).entries())
        if (!shifts.has(id)) yield { at: `${at}/offers/${each}/shifts/${which}`, text: noShift };
    for (const [each, { shift }] of (person.requests ?? []).entries())
      if (shift !== undefined && !shifts.has(shift))
        yield { at: `${at}/requests/${each}/shift`, text: noShift };
    yield* workedFaults(file, index, shifts);
  }
}

function* workedFaults(file: RosterFile, index: number, shifts: ReadonlySet<string>): Generator<Fault> {
  const at = `/people/${index}/worked`;
  const worked = file.people[index]!.worked ?? [];
  for (const [each, duty] of worked.entries()) {
    if ('shift' in duty && !shifts.has(duty.shift))
      yield { at: `${at}/${each}/shift`, text: 'There is no shift of this id.' };
    if (duty.date >= file.from)
      yield { at: `${at}/${each}/date`, text: 'What was worked lies before the first day of the roster.' };
  }
  const known = worked.filter((duty) => !('shift' in duty) || shifts.has(duty.shift));
  const spans = known
    .map((duty) => ({ duty, day: dayNumber(duty.date) ?? 0, shape: shapeWorked(file, duty) }))
    .toSorted((a, b) => a.day * 1440 + a.shape.start - (b.day * 1440 + b.shape.start));
  for (const [each, { duty, day, shape }] of spans.entries()) {
    const before = spans[each - 1];
    if (before === undefined) continue;
    const overlaps = before.day * 1440 + before.shape.end > day * 1440 + shape.start;
    if (overlaps || before.day === day)
      yield { at: `${at}/${worked.indexOf(duty)}`, text: 'Two duties worked are on one day, or overlap.' };
  }
}

function* assignmentFaults(file: RosterFile): Generator<Fault> {
  const people = new Map(file.people.map((person) => [person.id, person]));
  const shifts = new Map(file.shifts.map((shift) => [shift.id, shift]));
  const first = dayNumber(file.from) ?? 0;
  const seen = new Map<string, string | null>();
  for (const [index, { person: id, date, shift, status }] of (file.assignments ?? []).entries()) {
    const at = `/assignments/${index}`;
    const person = people.get(id);
    const day = (dayNumber(date) ?? 0) - first;
    if (person === undefined) yield { at: `${at}/person`, text: 'There is nobody of this id.' };
    if (shift !== null && !shifts.has(shift))
      yield { at: `${at}/shift`, text: 'There is no shift of this id.' };
    if (day < 0 || day >= file.days) yield { at: `${at}/date`, text: 'This day is not in the roster.' };
    const key = `${id} ${date}`;
    if (seen.has(key)) yield { at, text: 'This person has another assignment on this day.' };
    seen.set(key, status === 'locked' ? shift : null);
    const chosen = shift === null ? undefined : shifts.get(shift);
    if (status !== 'locked' || person === undefined || chosen === undefined) continue;
    const refusal = canWork(file, person, chosen, day);
    if (refusal !== undefined) yield { at, text: `This assignment is locked, and cannot be: ${refusal}` };
    const yesterday = shifts.get(seen.get(`${id} ${dateBefore(date)}`) ?? '');
    const tomorrow = shifts.get(seen.get(`${id} ${dateAfter(date)}`) ?? '');
    const overlapsBefore = yesterday !== undefined && shapeOf(yesterday).end - 1440 > shapeOf(chosen).start;
    const overlapsAfter = tomorrow !== undefined && shapeOf(chosen).end - 1440 > shapeOf(tomorrow).start;
    if (overlapsBefore || overlapsAfter)
      yield { at, text: 'This locked assignment overlaps another of the same person.' };
  }
}

const dateBefore = (date: string): string => shifted(date, -1);
const dateAfter = (date: string): string => shifted(date, 1);
const shifted = (date: string, by: number): string =>
  new Date(((dayNumber(date) ?? 0) + by) * 86_400_000).toISOString().slice(0, 10);
