import { quantityOf, single, textOf, type Make } from '../context.ts';
import { exact } from '../exact.ts';
import { hasValue, kindOf, numberOf, system, type Node } from '../node.ts';
import { bool } from '../operators.ts';
import { readMoment } from '../temporal.ts';
import { inOneUnit, readUnit } from '../units.ts';
import { outer } from './collections.ts';
import { writeText } from './strings.ts';

type Convert = (node: Node) => Node | undefined;

const trueTexts = new Set(['true', 't', 'yes', 'y', '1', '1.0']);
const falseTexts = new Set(['false', 'f', 'no', 'n', '0', '0.0']);
const quantityText = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|([a-zA-Z]+))?$/;
const calendarWord = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

function toBoolean(node: Node): Node | undefined {
  const kind = kindOf(node);
  if (kind === 'boolean') return system.boolean(node.value === true);
  const text =
    kind === 'string'
      ? String(node.value).toLowerCase()
      : kind === 'integer' || kind === 'decimal'
        ? String(numberOf(node))
        : '';
  if (trueTexts.has(text)) return system.boolean(true);
  return falseTexts.has(text) ? system.boolean(false) : undefined;
}

function toInteger(node: Node): Node | undefined {
  const kind = kindOf(node);
  if (kind === 'boolean') return system.integer(node.value === true ? 1 : 0);
  if (kind === 'integer') return system.integer(numberOf(node));
  return kind === 'string' && /^[+-]?\d+$/.test(String(node.value))
    ? system.integer(Number(node.value))
    : undefined;
}

function toDecimal(node: Node): Node | undefined {
  const kind = kindOf(node);
  if (kind === 'boolean') return system.decimal(node.value === true ? 1 : 0);
  if (kind === 'integer' || kind === 'decimal') return { value: node.value, type: 'System.Decimal' };
  const text = String(node.value);
  return kind === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(text)
    ? { value: exact(text.replace(/^\+/, '')), type: 'System.Decimal' }
    : undefined;
}

function toQuantity(node: Node): Node | undefined {
  const kind = kindOf(node);
  if (kind === 'quantity') {
    const quantity = quantityOf(node);
    return quantity && system.quantity(quantity);
  }
  if (kind === 'boolean')
    return system.quantity({ value: node.value === true ? 1 : 0, unit: '1', isCalendar: false });
  if (kind === 'integer' || kind === 'decimal')
    return system.quantity({ value: numberOf(node), unit: '1', isCalendar: false });
  const [, value, code, word] = (kind === 'string' ? quantityText.exec(String(node.value)) : null) ?? [];
  if (value === undefined) return undefined;
  if (word !== undefined && !calendarWord.test(word)) return undefined;
  return system.quantity({ value: Number(value), unit: code ?? word ?? '1', isCalendar: word !== undefined });
}

function toMoment(type: 'Date' | 'DateTime' | 'Time'): Convert {
  return (node) => {
    const kind = kindOf(node);
    if (!hasValue(node) || !['string', 'date', 'dateTime', 'time'].includes(kind)) return undefined;
    const isTime = type === 'Time';
    if ((kind === 'time') !== isTime && kind !== 'string') return undefined;
    const text = String(node.value);
    const source = type === 'Date' ? text.slice(0, 10).replace(/T.*$/, '') : text;
    if (!readMoment(source, isTime) || (type === 'Date' && kind === 'string' && text.length > 10))
      return undefined;
    return { value: source, type: `System.${type}` };
  };
}

const converters: Record<string, Convert> = {
  Boolean: toBoolean,
  Integer: toInteger,
  Long: toInteger,
  Decimal: toDecimal,
  Date: toMoment('Date'),
  DateTime: toMoment('DateTime'),
  Time: toMoment('Time'),
};

function toStep(name: string, convert: Convert): Make {
  return () => (input) => {
    const node = single(input, `to${name}()`);
    const answer = node && convert(node);
    return answer ? [answer] : [];
  };
}

function convertsStep(name: string, convert: Convert): Make {
  return () => (input) => {
    const node = single(input, `convertsTo${name}()`);
    return node ? bool(convert(node) !== undefined) : [];
  };
}

const made: Record<string, Make> = {};
for (const [name, convert] of Object.entries(converters)) {
  made[`to${name}`] = toStep(name, convert);
  made[`convertsTo${name}`] = convertsStep(name, convert);
}

export const conversions: Record<string, Make> = {
  ...made,
  toQuantity:
    ([unit]) =>
    (input, context) => {
      const node = single(input, 'toQuantity()');
      const quantity = node && toQuantity(node);
      if (!quantity) return [];
      const wanted = unit ? textOf(outer(unit, context), 'toQuantity()') : undefined;
      return wanted === undefined ? [quantity] : inUnit(quantity, wanted);
    },
  convertsToQuantity:
    ([unit]) =>
    (input, context) => {
      const node = single(input, 'convertsToQuantity()');
      if (!node) return [];
      const quantity = toQuantity(node);
      const wanted = unit ? textOf(outer(unit, context), 'convertsToQuantity()') : undefined;
      return bool(quantity !== undefined && (wanted === undefined || inUnit(quantity, wanted).length > 0));
    },
  convertsToString: () => (input) => {
    const node = single(input, 'convertsToString()');
    return node ? bool(writeText(node) !== undefined) : [];
  },
  comparable:
    ([other]) =>
    (input, context) => {
      const a = single(input, 'comparable()');
      const b = single(outer(other, context), 'comparable()');
      const one = a && quantityOf(a);
      const two = b && quantityOf(b);
      return one && two ? bool(inOneUnit(one, two) !== undefined) : [];
    },
};

function inUnit(node: Node, code: string): Node[] {
  const quantity = quantityOf(node);
  const target = { value: 1, unit: code, isCalendar: false };
  const numbers = quantity && inOneUnit(quantity, target);
  if (!quantity || !numbers || !readUnit(code)) return [];
  return [
    system.quantity({ ...target, value: quantity.unit === code ? quantity.value : numbers[0] / numbers[1] }),
  ];
}
