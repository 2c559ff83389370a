import type { SortKey } from '../asking/types.ts';
import { leafOf, type Leaf } from '../parameters/leaves.ts';
import type { Path } from '../parameters/paths.ts';
import type { Param, TypeParams } from '../parameters/types.ts';
import type { Near } from '../positions.ts';
import type { Bindings } from './bindings.ts';
import { metresSql } from './distance.ts';

/** One key of an order: SQL for its value on an alias, and how the value is read back from a cursor. */
export type Order = {
  expression(r: string, bindings: Bindings): string;
  type: 'timestamptz' | 'text' | 'float8' | 'uuid';
  descending: boolean;
  nullable: boolean;
  /** The row column it is, when an index on (type, column) can give the order. */
  column?: 'date_low' | 'last_updated';
  /** The parameter whose rows of search_string stand in this order. */
  strings?: number;
};

/** Where the sortable text of a token, URI or reference stands below its element. */
const below: Partial<Record<Leaf, string>> = {
  concept: '.coding.code',
  coding: '.code',
  identifier: '.value',
  contact: '.value',
  reference: '.reference',
};

/** How rows of a type are put in order by one key. A resource with several values goes by the first of them in that order. */
export function orderOf(params: TypeParams, key: SortKey): Order {
  const { descending } = key;
  if (key.code === '_lastUpdated') {
    return {
      expression: (r) => `${r}.last_updated`,
      type: 'timestamptz',
      descending,
      nullable: false,
      column: 'last_updated',
    };
  }
  if (key.code === '_id') return { expression: (r) => `${r}.rid`, type: 'uuid', descending, nullable: false };
  const param = params.byCode.get(key.code)!;
  if (key.places !== undefined) return distanceOrder(param, key.places, descending);
  if (param.mainDate) {
    return {
      expression: (r) => `${r}.date_low`,
      type: 'timestamptz',
      descending,
      nullable: true,
      column: 'date_low',
    };
  }
  const table =
    param.kind === 'date' ? 'search_date' : param.kind === 'string' ? 'search_string' : 'search_number';
  switch (param.kind) {
    case 'date':
      return sideOrder(param, table, 'low', 'timestamptz', descending);
    case 'string':
      return {
        ...sideOrder(param, table, 'value', 'text', descending),
        ...(param.members.length === 1 && { strings: param.members[0]!.ordinal }),
      };
    case 'number':
    case 'quantity':
      return sideOrder(param, table, 'low', 'float8', descending);
    default:
      return contentOrder(param, descending);
  }
}

function sideOrder(
  param: Param,
  table: string,
  column: string,
  type: Order['type'],
  descending: boolean,
): Order {
  const first = descending ? 'max' : 'min';
  const ordinals = param.members.map((member) => member.ordinal);
  return {
    type,
    descending,
    nullable: true,
    expression(r, bindings) {
      const s = bindings.alias();
      return `(select ${first}(${s}.${column}) from record.${table} ${s}
        where ${s}.patient_id = ${r}.patient_id and ${s}.type = ${r}.type and ${s}.rid = ${r}.rid
          and ${s}.param = any(${bindings.add(ordinals, 'smallint[]')}))`;
    },
  };
}

/** The distance to the nearest of some places, in metres. */
function distanceOrder(param: Param, places: readonly Near[], descending: boolean): Order {
  return {
    type: 'float8',
    descending,
    nullable: false,
    expression(r, bindings) {
      const s = bindings.alias();
      const metres = places.map((place) => metresSql(`${s}.low`, `${s}.high`, place, bindings));
      return `(select min(least(${metres.join(', ')})) from record.search_number ${s}
        where ${s}.patient_id = ${r}.patient_id and ${s}.type = ${r}.type and ${s}.rid = ${r}.rid
          and ${s}.param = ${bindings.add(param.ordinal, 'smallint')})`;
    },
  };
}

/** Codes, URIs and references are indexed as hashes, which have no order: their text is read from the content. */
function contentOrder(param: Param, descending: boolean): Order {
  const first = descending ? 'max' : 'min';
  const paths = param.members.flatMap((member) => member.paths.map((path) => jsonPath(member, path)));
  return {
    type: 'text',
    descending,
    nullable: true,
    expression(r, bindings) {
      const v = bindings.alias();
      const parts = paths.map(
        (path) => `(select ${first}(lower(${v} #>> '{}') collate "C")
          from jsonb_path_query(${r}.content::jsonb, ${bindings.add(path, 'jsonpath')}) ${v})`,
      );
      return parts.length === 1 ? parts[0]! : `${descending ? 'greatest' : 'least'}(${parts.join(', ')})`;
    },
  };
}

function jsonPath(param: Param, path: Path): string {
  const steps = path.steps.map((step) => {
    const index = step.index === undefined ? '' : `[${step.index}]`;
    const where = step.where ? ` ? (@.${step.where.key} == ${JSON.stringify(step.where.value)})` : '';
    return `."${step.key}"${index}${where}`;
  });
  const leaf = leafOf(param.kind, path.type);
  return `$${steps.join('')}${(leaf && below[leaf]) ?? ''}`;
}
