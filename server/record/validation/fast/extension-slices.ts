import type { Tree } from '../run.ts';
import type { Shape } from '../shape.ts';
import type { Accept } from './writer.ts';

type Slice = { url: string; min: number; max: number; accept: Accept | undefined };

/** The check of extensions sliced by url; undefined when the slices cannot be told apart by url alone. */
export function extensionSlices(
  shape: Shape,
  acceptorOf: (shape: Shape) => Accept,
): ((list: Tree[]) => boolean) | undefined {
  const slices: Slice[] = [];
  for (const slice of shape.slices) {
    const url = sliceUrl(slice);
    if (url === undefined) return undefined;
    const { min, max } = slice.element;
    slices.push({ url, min, max, accept: slice.children.length > 0 ? acceptorOf(slice) : undefined });
  }
  const isOpen = shape.element.slicing?.rules !== 'closed';
  return (list) => {
    for (const slice of slices) if (!fits(slice, list)) return false;
    return isOpen || list.every((one) => slices.some((slice) => slice.url === one['url']));
  };
}

function fits({ url, min, max, accept }: Slice, list: Tree[]): boolean {
  let count = 0;
  for (const one of list) {
    if (one['url'] !== url) continue;
    count++;
    if (accept && !accept(one)) return false;
  }
  return count >= min && count <= max;
}

function sliceUrl(slice: Shape): string | undefined {
  const profile = slice.element.types[0]?.profiles?.[0];
  if (profile !== undefined) return profile.split('|')[0];
  const fixed = slice.byKey.get('url')?.child.element.fixed?.value;
  return typeof fixed === 'string' ? fixed : undefined;
}
