import type { Condition } from '../conditions/types.ts';
import type { Bindings, Reader } from './bindings.ts';
import type { Order } from './sorts.ts';

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

/** Where a page ended: the values of the sort keys, as text, then creation number and rid of its last row. */
export type Place = { keys: (string | null)[]; created: string; rid: string };

/** How the rows of one type are found. */
export type Access =
  /** Through the indexes of the conditions; the order is made afterwards. */
  | { by: 'conditions' }
  /** In the order asked for, testing each row, over at most `most` rows. */
  | { by: 'order'; most?: number }
  /** In the order of the texts of one parameter, testing each row. Rows without a text are left out. */
  | { by: 'strings' }
  /** As the database thinks best. */
  | { by: 'choice' };

/** `find` may lead to rows through indexes; `test` is only tested on rows found. Both must hold. */
export type PagePart = { type: string; find: Condition; test: Condition; orders: Order[]; access: Access };

export type PageRow = {
  patient_id: string;
  type: number;
  rid: string;
  version: number;
  created: string;
  last_updated: Date;
  content: string;
  [key: `k${number}`]: string | null;
};

export type Statement = { text: string; values: unknown[] };
