import { exactText, isExact } from './exact.ts';
import { quantityOf } from './context.ts';
import { isTree, kindOf, numberOf, numberText, type Kind, type Node } from './node.ts';
import { compareMoments, readMoment } from './temporal.ts';
import { inOneUnit } from './units.ts';

const temporal = new Set<Kind>(['date', 'dateTime', 'time']);
const numeric = new Set<Kind>(['integer', 'decimal']);

/** `=` on two collections; undefined stands for the empty answer. */
export function equalCollections(left: Node[], right: Node[]): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let answer: boolean | undefined = true;
  for (let at = 0; at < left.length; at++) {
    const one = equal(left[at]!, right[at]!);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/** `=` on two values. */
export function equal(left: Node, right: Node): boolean | undefined {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a === 'quantity' || b === 'quantity') return equalQuantities(left, right);
  if (temporal.has(a) || temporal.has(b)) return equalMoments(left, right, a, b);
  if (numeric.has(a) && numeric.has(b)) return numberOf(left) === numberOf(right);
  if (a !== b) return false;
  if (a === 'complex') return sameTree(left.value, right.value);
  return left.value === right.value;
}

function equalQuantities(left: Node, right: Node): boolean | undefined {
  const a = asQuantity(left);
  const b = asQuantity(right);
  if (!a || !b) return isTree(left.value) && isTree(right.value) ? sameTree(left.value, right.value) : false;
  const calendarYears = [a, b].filter((one) => one.isCalendar && /^(year|month)s?$/.test(one.unit));
  if (calendarYears.length === 1 && a.isCalendar !== b.isCalendar) return undefined;
  const numbers = inOneUnit(a, b);
  return numbers ? numbers[0] === numbers[1] : undefined;
}

function asQuantity(node: Node): { value: number; unit: string; isCalendar: boolean } | undefined {
  if (numeric.has(kindOf(node))) return { value: numberOf(node), unit: '1', isCalendar: false };
  return quantityOf(node);
}

function equalMoments(left: Node, right: Node, a: Kind, b: Kind): boolean | undefined {
  const found = compareTemporal(left, right, a, b);
  return found === 'different' ? false : found === undefined ? undefined : found === 0;
}

function compareTemporal(left: Node, right: Node, a: Kind, b: Kind): number | undefined | 'different' {
  const one = typeof left.value === 'string' ? readMoment(left.value, a === 'time') : undefined;
  const two = typeof right.value === 'string' ? readMoment(right.value, b === 'time') : undefined;
  if (!one || !two || (a === 'time') !== (b === 'time')) return 'different';
  return compareMoments(one, two);
}

function sameTree(left: unknown, right: unknown): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((one, at) => sameTree(one, right[at]))
    );
  }
  if (isTree(left)) {
    if (!isTree(right)) return false;
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => sameTree(left[key], right[key]));
  }
  if (isExact(left) || isExact(right)) return Number(exactText(left)) === Number(exactText(right));
  return left === right;
}

/** `~` on two collections: order does not matter, empty is like empty. */
export function equivalentCollections(left: Node[], right: Node[]): boolean {
  if (left.length !== right.length) return false;
  const open = [...right];
  return left.every((one) => {
    const at = open.findIndex((other) => equivalent(one, other));
    if (at >= 0) open.splice(at, 1);
    return at >= 0;
  });
}

function equivalent(left: Node, right: Node): boolean {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a === 'quantity' || b === 'quantity') return equivalentQuantities(left, right);
  if (temporal.has(a) || temporal.has(b)) return equalMoments(left, right, a, b) === true;
  if (numeric.has(a) && numeric.has(b)) return equivalentNumbers(left, right);
  if (a !== b) return false;
  if (a === 'string') return plainText(String(left.value)) === plainText(String(right.value));
  return a === 'complex' ? sameTree(left.value, right.value) : left.value === right.value;
}

function equivalentQuantities(left: Node, right: Node): boolean {
  const a = asQuantity(left);
  const b = asQuantity(right);
  const numbers = a && b && inOneUnit(a, b);
  if (!numbers) return false;
  const [one, two] = numbers;
  return Math.abs(one - two) <= Math.max(Math.abs(one), Math.abs(two)) * 0.01 + Number.EPSILON;
}

/** Rounded to the places of the less precise one. */
function equivalentNumbers(left: Node, right: Node): boolean {
  const places = Math.min(placesOf(numberText(left)), placesOf(numberText(right)));
  return numberOf(left).toFixed(places) === numberOf(right).toFixed(places);
}

function placesOf(text: string): number {
  const digits = text.replace(/0+$/, '');
  return text.includes('.') ? Math.min(digits.length - digits.indexOf('.') - 1, 20) : 0;
}

function plainText(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/** Orders two values; undefined when that is not known; 'wrong' when they cannot be ordered. */
export function order(left: Node, right: Node): number | undefined | 'wrong' {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a === 'quantity' || b === 'quantity') {
    const one = asQuantity(left);
    const two = asQuantity(right);
    const numbers = one && two && inOneUnit(one, two);
    return numbers && numbers[0] - numbers[1];
  }
  if (numeric.has(a) && numeric.has(b)) return numberOf(left) - numberOf(right);
  if (temporal.has(a) || temporal.has(b)) {
    const answer = compareTemporal(left, right, a, b);
    return answer === 'different' ? 'wrong' : answer;
  }
  if (a === 'string' && b === 'string')
    return String(left.value) < String(right.value) ? -1 : Number(String(left.value) > String(right.value));
  return 'wrong';
}

/** Keeps the first of equal nodes. */
export function distinct(nodes: Node[]): Node[] {
  if (nodes.length < 2) return nodes;
  if (nodes.every((node) => kindOf(node) === 'string')) {
    const seen = new Set<unknown>();
    return nodes.filter((node) => !seen.has(node.value) && seen.add(node.value));
  }
  const kept: Node[] = [];
  for (const node of nodes) if (!kept.some((one) => equal(one, node) === true)) kept.push(node);
  return kept;
}

export function includes(nodes: Node[], wanted: Node): boolean {
  return nodes.some((node) => equal(node, wanted) === true);
}
