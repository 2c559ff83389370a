/** Reads numbers and quantities without changing a digit. */
import type { Quantity, Range, Ratio } from '@medplum/fhirtypes';
import { isRawNumber, numberText as exactText } from '../../formats/index.ts';

/** A number as sent: the store hands over a decimal that JavaScript would change as a raw JSON object. */
export function numberText(value: unknown): string | undefined {
  return typeof value === 'number' || isRawNumber(value) ? exactText(value) : undefined;
}

export function numberValue(value: unknown): number | undefined {
  const text = numberText(value);
  return text === undefined ? undefined : Number(text);
}

/** UCUM codes that read better as a sign or a word. Source: https://ucum.org/ucum */
const plainUnits: Record<string, string> = {
  'mm[Hg]': 'mmHg',
  '{score}': '',
  '{nominal}': '',
  '1': '',
  Cel: '°C',
  '/min': 'per minute',
  '{beats}/min': 'per minute',
  'kg/m2': 'kg/m²',
  '10*3/uL': '×10³/µL',
  '10*6/uL': '×10⁶/µL',
  '10*9/L': '×10⁹/L',
  '10*12/L': '×10¹²/L',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
};

/** The unit to show and to compare by; undefined when the number has none. */
export function unitText(quantity: Quantity): string | undefined {
  const code = quantity.code ?? quantity.unit;
  if (code === undefined) return undefined;
  return (plainUnits[code] ?? quantity.unit ?? code) || undefined;
}

/** A quantity in words, such as `<5 mg`; undefined when it holds no number. */
export function quantityText(quantity: Quantity | undefined): string | undefined {
  const number = numberText(quantity?.value);
  if (quantity === undefined || number === undefined) return undefined;
  const unit = unitText(quantity);
  return `${quantity.comparator ?? ''}${number}${unit === undefined ? '' : ` ${unit}`}`;
}

export function rangeText(range: Range | undefined): string | undefined {
  const low = quantityText(range?.low);
  const high = quantityText(range?.high);
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `${low} or more`;
  return high === undefined ? undefined : `${high} or less`;
}

export function ratioText(ratio: Ratio | undefined): string | undefined {
  const top = quantityText(ratio?.numerator);
  const bottom = quantityText(ratio?.denominator);
  return top === undefined || bottom === undefined ? undefined : `${top} : ${bottom}`;
}
