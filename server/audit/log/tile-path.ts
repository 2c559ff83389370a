import { tileWidth } from './edge.ts';

/** The place of a tile in its level, and how many of its hashes are wanted. */
export type TilePath = { n: number; width: number };

/** Reads `x001/x234/067` or `x001/x234/067.p/112`. Undefined for anything else. Source: C2SP tlog-tiles. */
export function readTilePath(text: string): TilePath | undefined {
  const [, index, width] = /^((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  if (index === undefined) return undefined;
  if (index.startsWith('x000')) return undefined;
  const wanted = width === undefined ? tileWidth : Number(width);
  if (width !== undefined && wanted >= tileWidth) return undefined;
  return { n: Number(index.replaceAll(/[x/]/g, '')), width: wanted };
}

/** The other way round. */
export function tilePath({ n, width }: TilePath): string {
  const digits = String(n);
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const index = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
  return width === tileWidth ? index : `${index}.p/${width}`;
}
