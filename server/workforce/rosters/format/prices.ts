import type { RulePack } from '../packs/index.ts';
import { dateOf, dayNumber, minutesADay, weekdayOf, workedMinutes } from '../rules/index.ts';
import type { PersonInFile, RosterFile, ShiftInFile } from './schema.ts';
import { shapeOf } from './shapes.ts';

type Enhancement = Extract<RulePack['rules'][number], { kind: 'enhancement' }>;
type Kind = Enhancement['on'][number];

/**
 * What a duty costs in whole points: pay by the hour where a tier is paid so, and what nights, weekends and
 * holidays add by the band. Enhancements are counted on planned minutes; a minute has one kind, the first of
 * holiday, Sunday, Saturday and weekday night.
 */
export function pointsOf(
  file: RosterFile,
  packs: ReadonlyMap<string, RulePack>,
  person: PersonInFile,
  shift: ShiftInFile,
  day: number,
): number {
  const tier = file.tiers.find(({ id }) => id === person.tier)!;
  const pence = person.pencePerHour ?? tier.pencePerHour;
  const onDay = (dayNumber(file.from) ?? 0) + day;
  const shape = shapeOf(shift);
  const basic = tier.paid === 'by-hour' ? workedMinutes(onDay, shape) : 0;
  let enhanced = 0;
  const rules = enhancementsFor(file, packs, person, dateOf(onDay));
  for (const [kind, minutes] of minutesByKind(file, onDay, shape))
    enhanced +=
      minutes * Math.max(0, ...rules.filter(({ on }) => on.includes(kind)).map(({ share }) => share));
  const exactPence = Math.round(((basic + enhanced) * pence * 1e6) / 60) / 1e6;
  return Math.round(exactPence / file.pencePerPoint);
}

function enhancementsFor(
  file: RosterFile,
  packs: ReadonlyMap<string, RulePack>,
  person: PersonInFile,
  date: string,
): Enhancement[] {
  const contract = file.contracts.find(({ id }) => id === person.contract)!;
  return contract.packs
    .flatMap((id) => packs.get(id)!.rules)
    .filter((rule): rule is Enhancement => rule.kind === 'enhancement')
    .filter(({ from, to }) => from <= date && (to === undefined || date < to))
    .filter(({ bands }) => person.band !== undefined && bands.includes(person.band));
}

const nightEnds = 6 * 60;
const nightStarts = 20 * 60;

function minutesByKind(
  file: RosterFile,
  onDay: number,
  { start, end }: { start: number; end: number },
): Map<Kind, number> {
  const found = new Map<Kind, number>();
  const add = (kind: Kind, minutes: number): void => {
    if (minutes > 0) found.set(kind, (found.get(kind) ?? 0) + minutes);
  };
  for (let day = 0; day * minutesADay < end; day++) {
    const from = Math.max(start - day * minutesADay, 0);
    const to = Math.min(end - day * minutesADay, minutesADay);
    const weekday = weekdayOf(onDay + day);
    if (file.holidays?.includes(dateOf(onDay + day)) === true) add('holiday', to - from);
    else if (weekday === 6) add('sunday', to - from);
    else if (weekday === 5) add('saturday', to - from);
    else
      add(
        'weekday-night',
        Math.max(0, Math.min(to, nightEnds) - from) + Math.max(0, to - Math.max(from, nightStarts)),
      );
  }
  return found;
}
