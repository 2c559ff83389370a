import type { Rule, Wish } from '../types.ts';

/** What rules become: wishes for single days, and rules over days. */
export type Compiled = { wishes: Wish[]; rules: Rule[] };
