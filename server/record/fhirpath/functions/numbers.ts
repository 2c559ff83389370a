import { integerOf, quantityOf, refuse, single, type Make } from '../context.ts';
import { exact } from '../exact.ts';
import { kindOf, numberOf, numberText, system, type Node } from '../node.ts';
import { readMoment, writeMoment } from '../temporal.ts';
import { outer } from './collections.ts';

/** A function of one number, and perhaps a second. */
function ofNumber(
  name: string,
  compute: (number: number, other: number, isInteger: boolean) => Node | undefined,
): Make {
  return ([argument]) =>
    (input, context) => {
      const node = single(input, `${name}()`);
      const given = argument ? single(outer(argument, context), `${name}()`) : undefined;
      if (!node || (argument && !given)) return [];
      const kind = kindOf(node);
      if (kind === 'quantity') return ofQuantity(node, (value) => compute(value, Number.NaN, false));
      if (kind !== 'integer' && kind !== 'decimal') throw refuse(`${name}() needs a number.`);
      const answer = compute(
        numberOf(node),
        given ? numberOf(given) : Number.NaN,
        kind === 'integer' && (!given || kindOf(given) === 'integer'),
      );
      return answer && Number.isFinite(numberOf(answer)) ? [answer] : [];
    };
}

function ofQuantity(node: Node, compute: (value: number) => Node | undefined): Node[] {
  const quantity = quantityOf(node);
  const answer = quantity && compute(quantity.value);
  return quantity && answer ? [system.quantity({ ...quantity, value: numberOf(answer) })] : [];
}

const decimal = (value: number): Node => system.decimal(Number(value.toPrecision(15)));

export const numbers: Record<string, Make> = {
  abs: ofNumber('abs', (number, _, isInteger) =>
    isInteger ? system.integer(Math.abs(number)) : decimal(Math.abs(number)),
  ),
  ceiling: ofNumber('ceiling', (number) => system.integer(Math.ceil(number))),
  floor: ofNumber('floor', (number) => system.integer(Math.floor(number))),
  truncate: ofNumber('truncate', (number) => system.integer(Math.trunc(number))),
  exp: ofNumber('exp', (number) => decimal(Math.exp(number))),
  ln: ofNumber('ln', (number) => decimal(Math.log(number))),
  log: ofNumber('log', (number, base) => decimal(Math.log(number) / Math.log(base))),
  sqrt: ofNumber('sqrt', (number) => decimal(Math.sqrt(number))),
  power: ofNumber('power', (number, exponent, isInteger) => {
    const answer = number ** exponent;
    return isInteger && Number.isInteger(answer) ? system.integer(answer) : decimal(answer);
  }),
  round: ofNumber('round', (number, places) => {
    const digits = Number.isNaN(places) ? 0 : places;
    return decimal(
      Math.sign(number) * Number(`${Math.round(Number(`${Math.abs(number)}e${digits}`))}e-${digits}`),
    );
  }),
  precision: () => (input) => {
    const node = single(input, 'precision()');
    return node ? [system.integer(precisionOf(node))] : [];
  },
  lowBoundary: boundary(-1),
  highBoundary: boundary(1),
};

function precisionOf(node: Node): number {
  const kind = kindOf(node);
  if (kind === 'decimal' || kind === 'integer') {
    const text = numberText(node);
    return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  }
  const moment = readMoment(String(node.value), kind === 'time');
  if (!moment) throw refuse('precision() needs a number, date or time.');
  return digitsOf(moment.fields.length + moment.from, moment.from, moment.places);
}

/** Digits written: 4 for a year, 2 for each further field, 3 for milliseconds. */
function digitsOf(fields: number, from: number, places: number): number {
  const own = from === 0 ? 4 + (Math.min(fields, 6) - 1) * 2 : (fields - 3) * 2;
  return own + (places > 0 ? 3 : 0);
}

function boundary(side: 1 | -1): Make {
  return ([wanted]) =>
    (input, context) => {
      const node = single(input, 'A boundary');
      if (!node) return [];
      const precision = wanted ? integerOf(outer(wanted, context), 'A boundary') : undefined;
      if (precision !== undefined && precision < 0) return [];
      const kind = kindOf(node);
      if (kind === 'decimal' || kind === 'integer')
        return numberBoundary(numberText(node), precision ?? 8, side);
      if (kind === 'quantity') return quantityBoundary(node, precision ?? 8, side);
      return momentBoundary(node, precision, side);
    };
}

function quantityBoundary(node: Node, precision: number, side: 1 | -1): Node[] {
  const quantity = quantityOf(node);
  if (!quantity) return [];
  const [answer] = numberBoundary(String(quantity.value), precision, side);
  return answer ? [system.quantity({ ...quantity, value: numberOf(answer) })] : [];
}

/** Half a unit of the last place away, cut outwards to the precision asked for. Computed on digits, so that nothing is lost. */
function numberBoundary(text: string, precision: number, side: 1 | -1): Node[] {
  if (precision > 28) return [];
  const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  const scale = Math.max(places + 1, precision);
  const digits = BigInt(text.replace('.', '')) * 10n ** BigInt(scale - places);
  const half = 10n ** BigInt(scale - places) / 2n;
  const edge = digits + BigInt(side) * half;
  const unit = 10n ** BigInt(scale - precision);
  const rest = ((edge % unit) + unit) % unit;
  const cut = rest === 0n ? edge : side === 1 ? edge - rest + unit : edge - rest;
  return [{ value: exact(writeDigits(cut / unit, precision)), type: 'System.Decimal' }];
}

function writeDigits(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

function momentBoundary(node: Node, precision: number | undefined, side: 1 | -1): Node[] {
  const kind = kindOf(node);
  const moment = readMoment(String(node.value), kind === 'time');
  if (!moment) throw refuse('A boundary needs a number, quantity, date or time.');
  const wanted = precision ?? (kind === 'date' ? 8 : kind === 'time' ? 9 : 17);
  const allowed = kind === 'date' ? [4, 6, 8] : kind === 'time' ? [2, 4, 6, 9] : [4, 6, 8, 10, 12, 14, 17];
  if (!allowed.includes(wanted)) return [];
  const count = fieldCount(wanted, moment.from);
  const fields = moment.fields.slice(0, count);
  for (let at = fields.length; at < count; at++) fields.push(edgeOf(at + moment.from, fields, side));
  const hasMillis = wanted === 17 || (kind === 'time' && wanted === 9);
  if (hasMillis && moment.places === 0 && side === 1)
    fields[fields.length - 1] = Math.floor(fields.at(-1)!) + 0.999;
  const zone = kind === 'dateTime' && wanted > 8 ? (moment.zone ?? (side === 1 ? -720 : 840)) : moment.zone;
  const text = writeMoment({ ...moment, fields, zone, places: hasMillis ? 3 : 0 });
  return [{ value: text, type: node.type }];
}

function fieldCount(precision: number, from: number): number {
  if (from === 3) return Math.min(3, precision / 2);
  return Math.min(6, Math.floor((precision - 4) / 2) + 1);
}

function edgeOf(at: number, fields: number[], side: 1 | -1): number {
  if (side === -1) return at === 1 || at === 2 ? 1 : 0;
  if (at === 2) return new Date(Date.UTC(fields[0] ?? 2000, fields[1] ?? 1, 0)).getUTCDate();
  return [9999, 12, 31, 23, 59, 59][at]!;
}
