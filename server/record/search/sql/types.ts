import type { Condition } from '../conditions/types.ts';
import type { Bindings, Reader } from './bindings.ts';

/**
 * `find`: the condition may lead the database to rows through an index. `test`: rows are at hand and each is tested,
 * without tempting the planner into an index.
 */
export type Form = 'find' | 'test';

export type Emit = {
  bindings: Bindings;
  reader: Reader;
  /** Current rows of a type that the reader may see and that fulfil a condition. */
  rowsWhere(to: Emit, condition: Condition, r: string, type: string, form: Form): string;
};
