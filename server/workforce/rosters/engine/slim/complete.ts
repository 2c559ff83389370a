import {
  again,
  byteAt,
  end,
  firstTwice,
  get,
  isAbove,
  Kernel,
  lesser,
  loop,
  otherwise,
  pairAt,
  pairBytes,
  plus,
  set,
  store,
  times,
  sum,
  twice,
  twiceAt,
  where,
  whole,
} from './kernel.ts';
import type { SlimTable } from './table.ts';

/**
 * Finds what each state of a table costs to the end, from the last day to the first. It takes how many days there are, and where in
 * memory these begin: the costs of each class on each day, what is left to pay from each state before each day and after the last, and
 * the place of each day in its block. Costs and rests are pairs: in a block without work so far, and with some.
 */
export type Complete = (days: number, costs: number, rests: number, places: number) => void;

/** Pricing spends most of its time here, so that a function is made for each table, without branches but those between days. */
export function completeOf(
  { states, classes, inside, moves, least }: SlimTable,
  memory: WebAssembly.Memory,
): Complete {
  const kernel = new Kernel(4);
  const [days, costs, rests, places] = [0, 1, 2, 3];
  const [costBytes, restBytes] = [classes * pairBytes, states * pairBytes];
  const numbers: number[] = [];
  const keep = (): void => {
    const place = kernel.pair();
    numbers.push(place);
    kernel.add(set(place));
  };
  const move = (place: number, by: number[]): void => kernel.add(get(place), by, plus, set(place));
  const goBack = (): void => {
    move(costs, whole(-costBytes));
    move(rests, whole(-restBytes));
    move(places, whole(-1));
  };
  const last = (bytes: number): number[] => [...get(days), ...whole(bytes), ...times];
  move(costs, last(costBytes));
  move(rests, last(restBytes));
  move(places, last(1));
  kernel.add(loop);
  goBack();
  moves.kinds.forEach((kind, index) => {
    const cost = moves.costs[index] as number;
    const target = restBytes + (moves.targets[index] as number) * pairBytes;
    kernel.add(get(costs), pairAt(kind * pairBytes));
    if (cost !== 0) kernel.add(twice(cost), sum);
    kernel.add(get(rests), inside[kind] === 1 ? twiceAt(target + pairBytes / 2) : pairAt(target), sum);
    keep();
  });
  kernel.add(twice(Infinity));
  keep();
  least.firsts.forEach((first, index) => {
    kernel.add(get(numbers[first] as number), get(numbers[least.seconds[index] as number] as number), lesser);
    keep();
  });
  const storeAll = (how: readonly number[]): void =>
    least.each.forEach((number, state) =>
      kernel.add(get(rests), get(numbers[number] as number), how, store(state * pairBytes)),
    );
  kernel.add(get(places), byteAt(0), whole(0), isAbove, where);
  storeAll([]);
  kernel.add(otherwise);
  storeAll(firstTwice);
  kernel.add([end]);
  move(days, whole(-1));
  kernel.add(get(days), whole(0), isAbove, again, [end]);
  return kernel.built(memory);
}
