import type { Slicing } from '../definitions/index.ts';
import { matchesDiscriminator } from './discriminators.ts';
import { report, type Item, type Run } from './run.ts';
import type { Shape } from './shape.ts';

/** Sorts the values of a sliced element into its slices and checks each slice. */
export function checkSlices(run: Run, shape: Shape, items: Item[], place: string): void {
  const { slicing } = shape.element;
  const { url } = shape.structure;
  const isChoice = shape.element.name.endsWith('[x]');
  if (!slicing && !isChoice) return;
  const rules = slicing ?? {
    discriminators: [{ type: 'type' as const, path: '$this' }],
    rules: 'open' as const,
    ordered: false,
  };
  if (rules.discriminators.length === 0) return;
  const slicesOfItem = items.map((item) => shape.slices.filter((slice) => isIn(run, slice, rules, item)));
  for (const slice of shape.slices) {
    const members = items.filter((_, at) => slicesOfItem[at]?.includes(slice));
    checkSlice(run, slice, members, place);
  }
  if (rules.rules === 'open') {
    if (rules.ordered) checkOrder(run, shape, slicesOfItem, place);
    return;
  }
  const firstOpen = items.findIndex((_, at) => slicesOfItem[at]?.length === 0);
  const lastSliced = slicesOfItem.findLastIndex((slices) => slices.length > 0);
  const misplaced = rules.rules === 'closed' ? firstOpen >= 0 : firstOpen >= 0 && firstOpen < lastSliced;
  if (misplaced) {
    const names = shape.slices.map((slice) => slice.element.sliceName).join(', ');
    const ask =
      rules.rules === 'closed' ? 'No other values are allowed' : 'Other values must stand at the end';
    report(
      run,
      'error',
      'structure',
      items[firstOpen]?.path ?? place,
      `This fits none of the slices ${names}. ${ask}.`,
      url,
    );
  }
  if (rules.ordered) checkOrder(run, shape, slicesOfItem, place);
}

function isIn(run: Run, slice: Shape, slicing: Slicing, item: Item): boolean {
  return slicing.discriminators.every((discriminator) =>
    matchesDiscriminator(run, slice, discriminator, item),
  );
}

function checkSlice(run: Run, slice: Shape, members: Item[], place: string): void {
  const { min, max, sliceName } = slice.element;
  const { url } = slice.structure;
  if (members.length < min) {
    const text = `The slice ${sliceName} needs at least ${min}, found ${members.length}. Add what is missing.`;
    report(run, 'error', 'required', place, text, url);
  }
  if (members.length > max) {
    report(
      run,
      'error',
      'structure',
      place,
      `The slice ${sliceName} may hold at most ${max}, found ${members.length}.`,
      url,
    );
  }
  const [type] = slice.element.types;
  for (const member of members) {
    const typed =
      slice.element.types.length === 1 && type && type.code === member.type.code
        ? { ...member, type }
        : member;
    run.walk.item(run, slice, typed);
  }
}

function checkOrder(run: Run, shape: Shape, slicesOfItem: Shape[][], place: string): void {
  const order = slicesOfItem.flatMap((slices) =>
    slices.slice(0, 1).map((slice) => shape.slices.indexOf(slice)),
  );
  if (order.some((index, at) => at > 0 && index < (order[at - 1] ?? 0))) {
    report(
      run,
      'error',
      'structure',
      place,
      'The values must stand in the order of the slices.',
      shape.structure.url,
    );
  }
}
