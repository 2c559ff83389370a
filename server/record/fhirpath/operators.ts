import { quantityOf, refuse, single, truth, type Context, type Step } from './context.ts';
import { distinct, equalCollections, equivalentCollections, includes, order } from './equality.ts';
import { hasValue, kindOf, numberOf, numberText, system, type Node } from './node.ts';
import { addTime, readMoment, writeMoment } from './temporal.ts';
import { clean, inOneUnit, multiplyUnits } from './units.ts';

const yes = [system.boolean(true)];
const no = [system.boolean(false)];

export function bool(value: boolean | undefined): Node[] {
  if (value === undefined) return [];
  return value ? yes : no;
}

type Binary = (left: Step, right: Step) => Step;

/** Every operator written between two expressions. */
export const operators: Record<string, Binary> = {
  and: (left, right) => (input, context) => {
    const a = truth(left(input, context));
    if (a === false) return no;
    const b = truth(right(input, context));
    return b === false ? no : bool(a === undefined || b === undefined ? undefined : true);
  },
  or: (left, right) => (input, context) => {
    const a = truth(left(input, context));
    if (a === true) return yes;
    const b = truth(right(input, context));
    return b === true ? yes : bool(a === undefined || b === undefined ? undefined : false);
  },
  xor: (left, right) => (input, context) => {
    const a = truth(left(input, context));
    const b = truth(right(input, context));
    return bool(a === undefined || b === undefined ? undefined : a !== b);
  },
  implies: (left, right) => (input, context) => {
    const a = truth(left(input, context));
    if (a === false) return yes;
    const b = truth(right(input, context));
    if (b === true) return yes;
    return bool(a === undefined ? undefined : b);
  },
  '=': (left, right) => (input, context) =>
    bool(equalCollections(left(input, context), right(input, context))),
  '!=': (left, right) => (input, context) => {
    const answer = equalCollections(left(input, context), right(input, context));
    return bool(answer === undefined ? undefined : !answer);
  },
  '~': (left, right) => (input, context) =>
    bool(equivalentCollections(left(input, context), right(input, context))),
  '!~': (left, right) => (input, context) =>
    bool(!equivalentCollections(left(input, context), right(input, context))),
  '<': comparison((found) => found < 0),
  '>': comparison((found) => found > 0),
  '<=': comparison((found) => found <= 0),
  '>=': comparison((found) => found >= 0),
  '|': (left, right) => (input, context) => distinct([...left(input, context), ...right(input, context)]),
  in: (left, right) => (input, context) => membership(left(input, context), right(input, context)),
  contains: (left, right) => (input, context) => membership(right(input, context), left(input, context)),
  '&': (left, right) => (input, context) => [
    system.string(text(left(input, context)) + text(right(input, context))),
  ],
  '+': arithmetic(add),
  '-': arithmetic(subtract),
  '*': arithmetic(multiply),
  '/': arithmetic(divide),
  div: arithmetic((a, b) => whole(a, b, (x, y) => Math.trunc(x / y))),
  mod: arithmetic((a, b) => whole(a, b, (x, y) => clean(x % y))),
};

function membership(wanted: Node[], nodes: Node[]): Node[] {
  const node = single(wanted, 'in');
  return node ? bool(includes(nodes, node)) : [];
}

function comparison(test: (order: number) => boolean): Binary {
  return (left, right) => (input, context) => {
    const a = single(left(input, context), 'A comparison');
    const b = single(right(input, context), 'A comparison');
    if (!a || !b || !hasValue(a) || !hasValue(b)) return [];
    const found = order(a, b);
    if (found === 'wrong') throw refuse('Values of different kinds cannot be compared.');
    return bool(found === undefined ? undefined : test(found));
  };
}

function text(nodes: Node[]): string {
  const node = single(nodes, '&');
  return node && hasValue(node) ? String(kindOf(node) === 'decimal' ? numberText(node) : node.value) : '';
}

function arithmetic(compute: (a: Node, b: Node, context: Context) => Node | undefined): Binary {
  return (left, right) => (input, context) => {
    const a = single(left(input, context), 'Arithmetic');
    const b = single(right(input, context), 'Arithmetic');
    if (!a || !b || !hasValue(a) || !hasValue(b)) return [];
    const answer = compute(a, b, context);
    return answer ? [answer] : [];
  };
}

function isNumber(node: Node): boolean {
  const kind = kindOf(node);
  return kind === 'integer' || kind === 'decimal';
}

function number(value: number, ...from: Node[]): Node {
  return from.every((node) => kindOf(node) === 'integer')
    ? system.integer(value)
    : system.decimal(clean15(value));
}

function clean15(value: number): number {
  return Number(value.toPrecision(15));
}

function add(a: Node, b: Node): Node | undefined {
  if (isNumber(a) && isNumber(b)) return number(numberOf(a) + numberOf(b), a, b);
  if (kindOf(a) === 'string' && kindOf(b) === 'string')
    return system.string(String(a.value) + String(b.value));
  return addQuantity(a, b, 1);
}

function subtract(a: Node, b: Node): Node | undefined {
  if (isNumber(a) && isNumber(b)) return number(numberOf(a) - numberOf(b), a, b);
  return addQuantity(a, b, -1);
}

function addQuantity(a: Node, b: Node, sign: 1 | -1): Node | undefined {
  const amount = quantityOf(b);
  const kind = kindOf(a);
  if (!amount) throw refuse('These values cannot be added.');
  if (kind === 'quantity') {
    const own = quantityOf(a);
    const numbers = own && inOneUnit(own, amount);
    if (!own || !numbers) return undefined;
    const same = own.unit === amount.unit;
    return system.quantity({
      ...own,
      value: clean15(own.value + sign * (same ? amount.value : (numbers[1] / numbers[0]) * own.value)),
    });
  }
  const moment = typeof a.value === 'string' ? readMoment(a.value, kind === 'time') : undefined;
  if (!moment) throw refuse('These values cannot be added.');
  const moved = addTime(moment, amount, sign);
  if (!moved) throw refuse(`The unit ${amount.unit} cannot be added to a date.`);
  return { value: writeMoment(moved), type: a.type };
}

function multiply(a: Node, b: Node): Node | undefined {
  if (isNumber(a) && isNumber(b)) return number(numberOf(a) * numberOf(b), a, b);
  return scale(a, b, 1);
}

function divide(a: Node, b: Node): Node | undefined {
  if (isNumber(a) && isNumber(b))
    return numberOf(b) === 0 ? undefined : system.decimal(clean15(numberOf(a) / numberOf(b)));
  return scale(a, b, -1);
}

function scale(a: Node, b: Node, power: 1 | -1): Node | undefined {
  const one = isNumber(a) ? { value: numberOf(a), unit: '1', isCalendar: false } : quantityOf(a);
  const two = isNumber(b) ? { value: numberOf(b), unit: '1', isCalendar: false } : quantityOf(b);
  if (!one || !two) throw refuse('These values cannot be multiplied.');
  if (power === -1 && two.value === 0) return undefined;
  const answer = multiplyUnits(one, two, power);
  return answer && system.quantity(answer);
}

function whole(a: Node, b: Node, compute: (x: number, y: number) => number): Node | undefined {
  if (!isNumber(a) || !isNumber(b)) throw refuse('div and mod need numbers.');
  return numberOf(b) === 0 ? undefined : number(compute(numberOf(a), numberOf(b)), a, b);
}
