import { Problem as Fault } from '../../platform/errors.ts';
import type { Problem, Roster } from './types.ts';

/** A roster as tab-separated text: notes in # lines, then a line a person: id, and a column a day. */
export function writeRoster(problem: Problem, roster: Roster, notes: string[]): string {
  const lines = problem.people.map(({ id }, person) =>
    [id, ...Array.from(roster[person] ?? [], (choice) => problem.duties[choice]?.id ?? '')].join('\t'),
  );
  return [...notes.map((note) => `# ${note.replaceAll(/\s+/g, ' ')}`), ...lines, ''].join('\n');
}

const linesIn = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);

/** Reads such text back. Throws a Problem with the line of the first fault. */
export function readSolution(problem: Problem, text: string, file: string): Roster {
  const choices = new Map(problem.duties.map(({ id }, choice) => [id, choice]));
  const places = new Map(problem.people.map(({ id }, place) => [id, place]));
  const found = new Map<number, Uint8Array>();
  linesIn(text).forEach((raw, index) => {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) return;
    const [id = '', ...cells] = line.split('\t').map((cell) => cell.trim());
    const place = places.get(id);
    const say = (message: string): Fault =>
      new Fault('roster/bad-solution', 400, message, { place: `${file}, line ${index + 1}` });
    if (place === undefined) throw say('This line is of nobody in the problem.');
    if (found.has(place)) throw say('This person has a second line.');
    if (cells.length > problem.days)
      throw say(`There are ${cells.length} days here, and ${problem.days} in the problem.`);
    const days = new Uint8Array(problem.days);
    cells.forEach((cell, day) => {
      const choice = choices.get(cell);
      if (choice === undefined) throw say(`There is no shift "${cell}".`);
      days[day] = choice;
    });
    found.set(place, days);
  });
  return problem.people.map((_, place) => {
    const days = found.get(place);
    if (days === undefined)
      throw new Fault('roster/bad-solution', 400, 'Somebody has no line in the solution.', { place: file });
    return days;
  });
}
