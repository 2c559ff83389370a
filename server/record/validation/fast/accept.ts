import type { Tree } from '../run.ts';

/** A generated check: true when a value has no errors. */
export type Accept = (value: Tree) => boolean;
