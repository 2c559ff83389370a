import type { Db } from '../platform/db/index.ts';
import { onceInPage } from '../platform/one-page.ts';
import { graphOf, type Graph } from './rules/index.ts';
import { currentBeliefs } from './store/beliefs.ts';
import { changeNumber } from './store/deliveries.ts';

/** The graph of organisations as it is now believed. */
export type Snapshot = () => Promise<Graph>;

/**
 * Keeps the graph in memory. Each call asks the database for the number of the last change, one row by key; only when it moved is the graph
 * read again. Calls that come while one looks share the next look, so that none is answered from before it asked.
 */
export function createSnapshot(db: Db): Snapshot {
  let held: { number: number; graph: Graph } | undefined;
  let looking: Promise<Graph> | undefined;
  let next: Promise<Graph> | undefined;

  const look = async (): Promise<Graph> => {
    const number = await changeNumber(db);
    if (held?.number !== number) held = { number, graph: graphOf(await currentBeliefs(db)) };
    return held.graph;
  };

  const start = (): Promise<Graph> => {
    const mine = look().finally(() => {
      if (looking === mine) looking = undefined;
    });
    looking = mine;
    return mine;
  };

  const afresh = (): Promise<Graph> => {
    if (looking === undefined) return start();
    next ??= looking
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
  return () => onceInPage(afresh, 'graph', afresh);
}
