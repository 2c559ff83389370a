import type { Db } from '../../platform/db/index.ts';
import type { Graph } from '../rules/index.ts';
import { areaFigures } from '../store/areas.ts';

/** What is known of small areas, by code: people, and the newest decile of deprivation (1 is the most deprived tenth). */
export type AreaFigures = ReadonlyMap<string, { decile: number | null; people: number | null }>;

/** People in some areas, and how many of those whose area has a decile live in the most deprived fifth of England. */
export type Figures = { areas: number; people: number | null; deprivedShare: number | null };

/** Keeps the figures of small areas in memory for as long as the graph is the same. */
export function createFigures(db: Db): (graph: Graph) => Promise<AreaFigures> {
  let held: { graph: Graph; figures: Promise<AreaFigures> } | undefined;
  return (graph) => {
    if (held?.graph !== graph) {
      const figures = areaFigures(db);
      held = { graph, figures };
      figures.catch(() => {
        held = undefined;
      });
    }
    return held.figures;
  };
}

/** Adds up small areas. Deciles 1 and 2 are the most deprived fifth (Core20). Source: NHS England, Core20PLUS5. */
export function figuresOf(areas: readonly string[], known: AreaFigures): Figures {
  let people = 0;
  let ranked = 0;
  let deprived = 0;
  let isCounted = false;
  for (const area of areas) {
    const figures = known.get(area);
    if (figures?.people === null || figures?.people === undefined) continue;
    isCounted = true;
    people += figures.people;
    if (figures.decile === null) continue;
    ranked += figures.people;
    if (figures.decile <= 2) deprived += figures.people;
  }
  return {
    areas: areas.length,
    people: isCounted ? people : null,
    deprivedShare: ranked === 0 ? null : deprived / ranked,
  };
}
