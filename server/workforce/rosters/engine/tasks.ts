import { decide } from './dive.ts';
import type { Task } from './generate.ts';
import type { Standing } from './standing.ts';

/** Some people for the whole horizon: those who meet in a row of cover that costs something, and others by chance. */
export function peopleTask(best: Standing, size: number, random: () => number): Task {
  const { model } = best;
  const weights = model.people.map(
    (_, place) => 0.3 + Math.min(3, (best.costs[place] ?? 0) / 10) + random() * 3,
  );
  const costly = model.cover.costs.flatMap((costs, row) =>
    (costs[best.counts[row] ?? 0] ?? 0) > 0 ? [row] : [],
  );
  const row = costly[Math.floor(random() * costly.length)];
  if (row !== undefined && random() < 0.6) {
    const days = model.cover.rows[row]?.parts.map(({ day }) => day) ?? [];
    model.people.forEach((person, place) => {
      const canHelp = days.some((day) => {
        const base = day * model.choices;
        for (let choice = 0; choice < model.choices; choice++)
          if (person.rows[base + choice]?.includes(row) && person.cells[base + choice] !== Infinity)
            return true;
        return false;
      });
      if (canHelp) weights[place] = (weights[place] ?? 0) + 1.5;
    });
  }
  const places = model.people.map((_, place) => place);
  places.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  return { places: places.slice(0, size) };
}

/**
 * Everybody, with what the roster and a relaxation agree on kept: a day stays as it is where the relaxation uses its choice at
 * least so much (relaxation-induced neighbourhoods; Danna, Rothberg and Le Pape 2005).
 */
export function agreedTask(best: Standing, shares: Float64Array, least: number): Task {
  const { model } = best;
  const { choices } = model;
  const size = model.problem.days * choices;
  const closed = model.people.map((_, place) => {
    const mask = new Uint8Array(size);
    best.days[place]?.forEach((choice, day) => {
      const cell = day * choices + choice;
      if ((shares[place * size + cell] ?? 0) >= least) decide(mask, cell, choices);
    });
    return mask;
  });
  const places = closed.flatMap((mask, place) => (closes(mask) < size - model.problem.days ? [place] : []));
  return { places, closed };
}

const closes = (mask: Uint8Array): number => mask.reduce((sum, each) => sum + each, 0);
