import type { DemandInFile, PersonInFile } from '../format/index.ts';
import { contractShares, longMinutes } from './setup.ts';

const nurseBands = [5, 6, 7];
const supportBands = [2, 3];
/** Demand stands a little above what the own team can give, so that some must come from the bank. */
const pressure = 1.02;
/** Of a hundred people wanted over a day and night, those wanted by day. */
const byDay = 0.57;

const weekdays: DemandInFile['weekdays'] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const weekend: DemandInFile['weekdays'] = ['sat', 'sun'];

/**
 * What a ward of these people is asked for: nurses and support workers by day and night, fewer at weekends,
 * and a mix of competences.
 */
export function demandFor(people: readonly PersonInFile[], days: number): DemandInFile[] {
  const nurses = positions(people, nurseBands, days);
  const support = positions(people, supportBands, days);
  const demand: DemandInFile[] = [];
  for (const [part, hours, share] of [
    ['day', { start: '07:00', end: '19:30' }, byDay],
    ['night', { start: '19:30', end: '07:00' }, 1 - byDay],
  ] as const) {
    for (const [when, on, factor] of [
      ['week', weekdays, 1.04],
      ['weekend', weekend, 0.9],
    ] as const) {
      const ask = (id: string, name: string, wanted: number, more: Partial<DemandInFile>): void => {
        if (wanted > 0)
          demand.push({
            id: `${id}-${part}-${when}`,
            name,
            weekdays: on,
            ...hours,
            wanted,
            weight: 20,
            ...more,
          });
      };
      const nursesWanted = Math.max(1, Math.round(nurses * share * factor));
      const supportWanted = Math.round(support * share * factor);
      const least = { least: Math.max(0, nursesWanted - 1), leastWeight: 80, weight: 40, overWeight: 2 };
      ask('nurses', 'Registered nurses', nursesWanted, { ...least, bands: nurseBands });
      const leastSupport = {
        least: Math.max(0, supportWanted - 1),
        leastWeight: 60,
        weight: 30,
        overWeight: 2,
      };
      ask('support', 'Support workers', supportWanted, { ...leastSupport, bands: supportBands });
      ask('in-charge', 'Somebody in charge', 1, { competence: 'in-charge', weight: 100 });
      ask('iv', 'Intravenous medicines', Math.max(1, Math.floor(nursesWanted * 0.45)), {
        competence: 'iv',
        weight: 30,
      });
      if (part === 'day' && when === 'week')
        ask('chemotherapy', 'Chemotherapy', Math.floor(nursesWanted / 5), {
          competence: 'chemotherapy',
          weight: 50,
        });
    }
  }
  return demand;
}

/** How many long shifts a day the own people of some bands can fill, leave taken off. */
function positions(people: readonly PersonInFile[], bands: readonly number[], days: number): number {
  const own = people.filter(({ tier, band }) => tier === 'own' && band !== undefined && bands.includes(band));
  const minutes = own.reduce((sum, person) => {
    const weekly = contractShares.find(([each]) => person.contract === `w${each / 60}`)![0];
    const leave = (person.leave ?? []).reduce(
      (total, { from, to, minutesADay }) =>
        total + ((Date.parse(to) - Date.parse(from)) / 86_400_000) * minutesADay,
      0,
    );
    return sum + (weekly * days) / 7 - leave;
  }, 0);
  return (pressure * minutes) / days / longMinutes;
}
