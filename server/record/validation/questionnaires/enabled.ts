import { isTree, type Tree } from '../run.ts';
import { list, valueKey, type FormItem } from './form.ts';
import { compareValues } from './quantities.ts';

/** All answers of a response by linkId. */
export type Answers = Map<string, Tree[]>;

export function collectAnswers(parent: Tree, into: Answers = new Map()): Answers {
  for (const item of list(parent['item'])) {
    const linkId = String(item['linkId']);
    const answers = list(item['answer']);
    into.set(linkId, [...(into.get(linkId) ?? []), ...answers]);
    collectAnswers(item, into);
    for (const answer of answers) collectAnswers(answer, into);
  }
  return into;
}

/** Says whether the conditions of an item let it be answered. */
export function isEnabled(item: FormItem, answers: Answers): boolean {
  const conditions = list(item.raw['enableWhen']);
  if (conditions.length === 0) return true;
  const met = conditions.map((condition) =>
    isMet(condition, answers.get(String(condition['question'])) ?? []),
  );
  return item.raw['enableBehavior'] === 'any' ? met.includes(true) : !met.includes(false);
}

function isMet(condition: Tree, answers: Tree[]): boolean {
  const key = Object.keys(condition).find((one) => one.startsWith('answer')) ?? '';
  const wanted = condition[key];
  const operator = condition['operator'];
  if (operator === 'exists') return answers.length > 0 === wanted;
  const values = answers.map((answer) => answer[valueKey(answer) ?? '']);
  if (operator === '!=') return !values.some((value) => same(value, wanted));
  if (operator === '=') return values.some((value) => same(value, wanted));
  return values.some((value) => {
    const order = compareValues(value, wanted);
    if (order === undefined) return false;
    return operator === '>'
      ? order > 0
      : operator === '<'
        ? order < 0
        : operator === '>='
          ? order >= 0
          : order <= 0;
  });
}

function same(value: unknown, wanted: unknown): boolean {
  if (isTree(value) && isTree(wanted) && 'code' in wanted)
    return (
      value['code'] === wanted['code'] &&
      (value['system'] === wanted['system'] || wanted['system'] === undefined)
    );
  return isTree(value) && isTree(wanted)
    ? compareValues(value, wanted) === 0
    : String(value) === String(wanted);
}
