import type { Problem } from '../types.ts';
import { Elastic, limitsOn, type Member } from './elastic.ts';
import { loadHighs } from './highs.ts';
import { GraphShelf, ImpossiblePerson, longest, looseIn, modelOf, type Model } from './model.ts';
import { Pricer } from './price.ts';

/** What a proof that hard rules cannot hold together rests on: these rows of cover (places in the problem), with the rules. */
export type Contradiction = { rows: number[] };

/** All graphs together have about so many nodes, and each at least so many if it needs them. */
const allNodes = 20_000_000;
const fewNodes = 60_000;
const mostNodes = 1_500_000;

/** From a breach of this on (whole days or shifts) rules are proven not to hold together; less is rounding. */
const leastBreach = 1e-4;

/**
 * Proves that the hard rules of a problem, of any length, cannot hold together: what all breaches together are at least, as a
 * linear relaxation in which each person has a mixture of rosters. Graphs hold the rules on sequences, rows of the programme
 * those limits on sums that graphs leave out, and what fits into neither is not asked for. So a contradiction is proven, and
 * none (undefined) may be too hopeful. A problem whose time is over has none. Costs are not looked at: leave out what is soft.
 */
export async function contradiction(problem: Problem, until: number): Promise<Contradiction | undefined> {
  const highs = await loadHighs();
  let model: Model;
  let members: Member[];
  try {
    model = modelOf(problem, { isWhole: false });
    members = membersOf(model);
  } catch (error) {
    if (error instanceof ImpossiblePerson) return { rows: [] };
    throw error;
  }
  const elastic = new Elastic(highs, model, members);
  try {
    return proven(elastic, model, members, until);
  } finally {
    elastic.dispose();
  }
}

/** Each person with a graph of what is no sum, or of all where the period is short, and with the limits it leaves out. */
function membersOf({ problem, people }: Model): Member[] {
  const shelf = new GraphShelf(problem);
  const most = Math.min(mostNodes, Math.max(fewNodes, allNodes / people.length));
  const isLong = problem.days > longest;
  return people.map((person, place) => {
    const sums = person.machines.flatMap(({ rule }, at) => (rule.kind === 'count' ? [at] : []));
    const { graph, loose } = shelf.fit(
      problem.people[place] as Problem['people'][number],
      person.machines,
      isLong ? sums : looseIn(person.machines),
      person.cells,
      most,
    );
    const limits = limitsOn(person.machines, loose, problem);
    return { person: { ...person, graph, loose: [] }, limits };
  });
}

/**
 * Adds rosters until nothing is broken, or until prices prove that something must be. Prices are halfway to those of the best
 * bound (Wentges 1997), unless these lead to no new roster.
 */
function proven(elastic: Elastic, model: Model, members: Member[], until: number): Contradiction | undefined {
  const pricer = new Pricer();
  const cells = new Float64Array(model.problem.days * model.choices);
  let [bound, best] = [-Infinity, elastic.noPrices()];
  let solved = { breach: Infinity, prices: best };
  for (let isExact = false; solved.breach > leastBreach / 10;) {
    const prices = isExact
      ? solved.prices
      : solved.prices.map((price, row) => (price + (best[row] ?? 0)) / 2);
    let least = elastic.leastOf(prices);
    let isNew = false;
    for (const [place, { person }] of members.entries()) {
      if (Date.now() > until) return undefined;
      elastic.charge(place, prices, cells);
      const priced = pricer.price(person, cells, model.choices);
      if (priced === undefined) return { rows: [] };
      least += priced.cost;
      isNew = elastic.add(place, priced.days) || isNew;
    }
    if (least > bound) [bound, best] = [least, prices];
    if (bound > leastBreach) return { rows: elastic.pricedRows(best) };
    if (!isNew && isExact) return undefined;
    isExact = !isNew;
    if (isNew) solved = elastic.solve();
  }
  return undefined;
}
