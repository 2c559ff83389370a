import type { Param } from '../parameters/types.ts';
import { normalise } from '../words.ts';
import type { IndexRow } from './index-row.ts';

type HumanName = { family?: unknown; given?: unknown; prefix?: unknown; suffix?: unknown; text?: unknown };
type Address = {
  line?: unknown;
  city?: unknown;
  district?: unknown;
  state?: unknown;
  country?: unknown;
  postalCode?: unknown;
  text?: unknown;
};

export function addString(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value !== 'string') return;
  const normal = normalise(value);
  row.present(param.ordinal);
  row.strings.add(param.ordinal, normal, value);
}

/** Adds the parts of a name; family and given are left out when parameters of their own hold them. */
export function addHumanName(row: IndexRow, param: Param, value: HumanName): void {
  row.present(param.ordinal);
  if (!param.partsElsewhere) {
    addString(row, param, value.family);
    addStrings(row, param, value.given);
  }
  addStrings(row, param, value.prefix);
  addStrings(row, param, value.suffix);
  addString(row, param, value.text);
}

/** Adds the parts of an address; city, state, country and postcode are left out when parameters of their own hold them. */
export function addAddress(row: IndexRow, param: Param, value: Address): void {
  row.present(param.ordinal);
  if (!param.partsElsewhere) {
    addString(row, param, value.city);
    addString(row, param, value.state);
    addString(row, param, value.country);
    addString(row, param, value.postalCode);
  }
  addStrings(row, param, value.line);
  addString(row, param, value.district);
  addString(row, param, value.text);
}

export function addConceptText(
  row: IndexRow,
  param: Param,
  value: { text?: unknown; coding?: { display?: unknown }[] },
): void {
  addString(row, param, value.text);
  if (Array.isArray(value.coding)) for (const coding of value.coding) addString(row, param, coding?.display);
}

function addStrings(row: IndexRow, param: Param, values: unknown): void {
  if (Array.isArray(values)) for (const value of values) addString(row, param, value);
}
