import { unescape } from '../asking/split.ts';
import type { Filter } from '../asking/types.ts';
import { typeNumber } from '../../resource-types.ts';
import { homeOf, ridOf } from '../../rid.ts';
import { ownerKey } from '../parameters/owner.ts';
import type { Resource } from '../../types.ts';
import { compositeCondition } from './composites.ts';
import { broken, type Context } from './context.ts';
import { nearCondition } from './near.ts';
import { presentIn } from './present.ts';
import { dateTest } from './ranges.ts';
import { simpleCondition } from './simple.ts';
import { and, none, not, or, type Condition } from './types.ts';

/** Works out the condition of all filters on a type, looking up what needs looking up. */
export async function conditionOf(
  context: Context,
  type: string,
  filters: readonly Filter[],
): Promise<Condition> {
  return and(await Promise.all(filters.map((filter) => one(context, type, filter))));
}

async function one(context: Context, type: string, filter: Filter): Promise<Condition> {
  switch (filter.is) {
    case 'param': {
      const { param, modifier, values } = filter;
      if (modifier === 'missing') return missing(param, values);
      return param.kind === 'composite'
        ? compositeCondition(context, param, values)
        : simpleCondition(context, param, modifier, values);
    }
    case 'near':
      return nearCondition(filter.param, filter.places);
    case 'special':
      return special(context, type, filter);
    case 'chain':
      return chain(context, filter);
    case 'has':
      return has(context, type, filter);
  }
}

function missing(param: Extract<Filter, { is: 'param' }>['param'], values: string[]): Condition {
  const present = presentIn(param.members);
  return or(values.map((value) => (value === 'true' ? not(present) : present)));
}

async function special(
  context: Context,
  type: string,
  filter: Extract<Filter, { is: 'special' }>,
): Promise<Condition> {
  const values = filter.values.map((value) => unescape(value));
  switch (filter.code) {
    case '_id':
      return rowsOf(context, type, values);
    case '_lastUpdated':
      return or(
        values.map((value): Condition => ({
          is: 'updated',
          test: dateTest('_lastUpdated', value, context.now),
        })),
      );
    case '_list':
      return or(await Promise.all(values.map((value) => inList(context, type, value))));
    default:
      return words(filter.code === '_text' ? 'narrative' : 'content', values);
  }
}

/** The rows with these ids, by the ranges they are filed in. */
async function rowsOf(context: Context, type: string, ids: string[]): Promise<Condition> {
  const rids = [...new Set(ids.map((id) => ridOf(id)))];
  const owned = type !== 'Patient' && ownerKey(type) !== undefined;
  const patients = owned
    ? await context.lookUp.patientIdsOf(rids, typeNumber(type))
    : ids.map((id) => homeOf(type, id));
  return patients.length === 0 ? none : { is: 'rows', rids, patients: [...new Set(patients)] };
}

async function inList(context: Context, type: string, value: string): Promise<Condition> {
  if (value.startsWith('$')) throw broken('_list', 'Only lists that are stored can be searched.');
  const id = value.replace(/^List\//, '');
  const content = await context.lookUp.listContent(ridOf(id));
  if (content === undefined) return none;
  const list = JSON.parse(content) as Resource & {
    entry?: { item?: { reference?: string }; deleted?: boolean }[];
  };
  const ids = (list.entry ?? [])
    .filter((entry) => entry.deleted !== true)
    .map((entry) => entry.item?.reference?.split('/') ?? [])
    .flatMap(([of, item]) => (of === type && item !== undefined ? [item] : []));
  return ids.length === 0 ? none : rowsOf(context, type, ids);
}

function words(where: 'narrative' | 'content', values: string[]): Condition {
  return or(
    values.map((value): Condition => {
      const wanted = value.toLowerCase().split(/\s+/).filter(Boolean);
      return wanted.length === 0 ? none : { is: 'words', where, words: wanted };
    }),
  );
}

async function chain(context: Context, filter: Extract<Filter, { is: 'chain' }>): Promise<Condition> {
  const parts = await Promise.all(
    filter.targets.map(async (target): Promise<Condition[]> => {
      const of = await conditionOf(context, target.type, [target.filter]);
      if (of.is === 'none') return [];
      return filter.param.members.map((param) =>
        param.owner && target.type === 'Patient'
          ? { is: 'ofPatient', of }
          : { is: 'to', param, type: target.type, of },
      );
    }),
  );
  return or(parts.flat());
}

async function has(
  context: Context,
  type: string,
  filter: Extract<Filter, { is: 'has' }>,
): Promise<Condition> {
  const of = await conditionOf(context, filter.type, [filter.filter]);
  if (of.is === 'none') return none;
  return or(
    filter.link.members.map((param): Condition =>
      param.owner && type === 'Patient'
        ? { is: 'hasOwn', type: filter.type, of }
        : { is: 'from', param, type: filter.type, target: type, of },
    ),
  );
}
