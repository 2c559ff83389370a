import { exactNumber } from '../../record/formats/index.ts';
import type { Json } from '../../record/types.ts';
import { readMoment, type Repeat, type Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf, type Codeable } from './codes.ts';
import { idOf, missing, wholeClaim, type Context } from './context.ts';
import { elementsOf } from './datatypes.ts';

/** Result status in OBX-11. Source: HL7 table 0085. */
const statuses: Record<string, string> = {
  F: 'final',
  C: 'corrected',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  I: 'registered',
  O: 'registered',
  X: 'cancelled',
  D: 'entered-in-error',
  W: 'entered-in-error',
  U: 'final',
  N: 'registered',
  '': 'final',
};

const interpretations = new Set([
  'L',
  'LL',
  'H',
  'HH',
  'N',
  'A',
  'AA',
  'S',
  'R',
  'I',
  'POS',
  'NEG',
  'IND',
  'DET',
  'ND',
]);
const decimal = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const comparison = /^(<=|>=|<|>)\s*(.+)$/;

/** What the results of one order have in common. */
export type Order = {
  /** What tells it from the sender's other orders. */
  key: string[];
  patientId: string;
  stay: string | undefined;
  /** When the sample was taken or the observation made. */
  effective: string | undefined;
  performer: Json | undefined;
};

/** OBX: one result as an Observation. `used` counts results of the same name in the order, so that each has its own id. */
export function observationOf(
  context: Context,
  segment: Segment,
  order: Order,
  notes: string[],
  used: Map<string, number>,
): Claim {
  const code = codeable(segment.first(3), context.sender);
  if (code === undefined) throw missing(segment, 3, 'What was observed');
  const name = `${codeKey(code)}/${segment.value(4)}`;
  const turn = (used.get(name) ?? 0) + 1;
  used.set(name, turn);
  const id = idOf(context, 'result', ...order.key, name, String(turn));
  const value = valueOf(context, segment);
  const flags = segment
    .repeats(8)
    .map((each) => flag(each))
    .filter((found) => found !== undefined);
  const elements = elementsOf({
    meta: { source: context.sender.source },
    status: statuses[segment.value(11).toUpperCase()] ?? 'unknown',
    code,
    subject: { reference: `Patient/${order.patientId}` },
    encounter: order.stay === undefined ? undefined : { reference: `Encounter/${order.stay}` },
    effectiveDateTime: context.dates.moment(segment, 14) ?? order.effective,
    performer: order.performer === undefined ? [] : [order.performer],
    ...value,
    dataAbsentReason:
      Object.keys(value).length > 0
        ? undefined
        : conceptOf('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown', 'Unknown'),
    interpretation: flags,
    note: notes.map((text) => ({ text })),
    referenceRange: range(segment),
  });
  return wholeClaim(context, 'Observation', id, elements, segment.at(3));
}

function flag(value: Repeat): Codeable | undefined {
  const code = value.value(1).toUpperCase();
  if (code === '') return undefined;
  return interpretations.has(code)
    ? conceptOf(codeSystem.interpretation, code)
    : { text: value.value(2) || value.value(1) };
}

function range(segment: Segment): Json[] {
  const text = segment.value(7);
  if (text === '') return [];
  const between = /^(-?\d+(?:\.\d+)?)\s*(?:-|to)\s*(-?\d+(?:\.\d+)?)$/.exec(text);
  if (between === null) return [{ text }];
  const unit = unitOf(segment);
  return [
    {
      low: { value: numberOf(between[1]!), ...unit },
      high: { value: numberOf(between[2]!), ...unit },
      text,
    },
  ];
}

/** The value of OBX-5 by its type in OBX-2; several values become one text. */
function valueOf(context: Context, segment: Segment): { [element: string]: Json } {
  const values = segment.repeats(5);
  const [first] = values;
  if (first === undefined) return {};
  switch (segment.value(2).toUpperCase()) {
    case 'NM':
      if (values.length === 1) return quantity(context, segment, first);
      break;
    case 'SN':
      return structured(segment, first);
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF': {
      const concept = codeable(first, context.sender);
      return concept === undefined ? {} : { valueCodeableConcept: concept };
    }
    case 'DT':
    case 'TS':
    case 'DTM': {
      const moment = readMoment(first.value(1));
      if (moment !== undefined) return { valueDateTime: moment.fhir };
      break;
    }
    case 'ED':
    case 'RP':
      return {};
  }
  const text = values
    .map((each) => each.text.trim())
    .filter((each) => each !== '')
    .join('\n');
  return text === '' ? {} : { valueString: text };
}

function quantity(context: Context, segment: Segment, value: Repeat): { [element: string]: Json } {
  const text = value.value(1);
  const compared = comparison.exec(text);
  const number = compared === null ? text : compared[2]!.trim();
  if (!decimal.test(number)) {
    if (text === '') return {};
    context.remarks.push({
      place: value.at(1),
      text: 'This is called a number and is none. It was kept as text.',
    });
    return { valueString: text };
  }
  const comparator: { [key: string]: Json } = compared === null ? {} : { comparator: compared[1]! };
  return { valueQuantity: { value: numberOf(number), ...comparator, ...unitOf(segment) } };
}

/** SN: comparator, number, separator, number. */
function structured(segment: Segment, value: Repeat): { [element: string]: Json } {
  const [comparator, low, between, high] = [value.value(1), value.value(2), value.value(3), value.value(4)];
  const unit = unitOf(segment);
  if (decimal.test(low) && high === '' && /^(?:<|>|<=|>=|=|)$/.test(comparator)) {
    const compared: { [key: string]: Json } = comparator === '' || comparator === '=' ? {} : { comparator };
    return { valueQuantity: { value: numberOf(low), ...compared, ...unit } };
  }
  if (decimal.test(low) && decimal.test(high)) {
    const [a, b] = [
      { value: numberOf(low), ...unit },
      { value: numberOf(high), ...unit },
    ];
    if (between === '-') return { valueRange: { low: a, high: b } };
    if (between === ':' || between === '/') return { valueRatio: { numerator: a, denominator: b } };
  }
  const text = comparator + low + between + high;
  return text === '' ? {} : { valueString: text };
}

/** A decimal that keeps its digits. JSON allows neither a plus sign nor a bare point. */
function numberOf(text: string): Json {
  const plain = text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/^(-?)0+(?=\d)/, '$1');
  return exactNumber(plain) as unknown as Json;
}

function unitOf(segment: Segment): { [element: string]: Json } {
  const value = segment.first(6);
  const code = value?.value(1) ?? '';
  const text = value?.value(2) || code;
  if (text === '') return {};
  const isUcum = (value?.value(3) ?? '').toUpperCase() === 'UCUM';
  return { unit: text, ...(isUcum && code !== '' ? { system: 'http://unitsofmeasure.org', code } : {}) };
}
