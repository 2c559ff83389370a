import { readDay, readMoment, type Remark, type Repeat, type Segment } from '../hl7/index.ts';
import type { Json } from '../../record/types.ts';
import type { Elements, Sender } from '../types.ts';
import { isOdsCode, odsSystem, under } from './source.ts';

const gmcSystem = 'https://fhir.hl7.org.uk/Id/gmc-number';

/** Leaves out members that hold nothing; undefined when none is left. */
export function compact(value: { [key: string]: Json | undefined }): { [key: string]: Json } | undefined {
  const kept = Object.entries(value).filter(
    (entry): entry is [string, Json] =>
      entry[1] !== undefined && entry[1] !== '' && !(Array.isArray(entry[1]) && entry[1].length === 0),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The same for the elements of a resource. */
export const elementsOf = (value: { [key: string]: Json | undefined }): Elements => compact(value) ?? {};

/** Values of a repeating field, each turned into FHIR; those that come to nothing are left out. */
export function each(
  segment: Segment | undefined,
  field: number,
  make: (value: Repeat) => Json | undefined,
): Json[] {
  if (segment === undefined) return [];
  return segment
    .repeats(field)
    .map(make)
    .filter((made) => made !== undefined);
}

const nameUses: Record<string, string> = {
  L: 'official',
  D: 'usual',
  B: 'old',
  M: 'maiden',
  N: 'nickname',
  A: 'nickname',
  S: 'anonymous',
  P: 'old',
};

/** XPN: a person's name. Family, given, further given, suffix, prefix. */
export function humanName(value: Repeat): Json | undefined {
  const given = [value.value(2), ...value.value(3).split(/\s+/)].filter((part) => part !== '');
  const name = compact({
    family: value.value(1),
    given,
    prefix: [value.value(5)].filter((part) => part !== ''),
    suffix: [value.value(4)].filter((part) => part !== ''),
  });
  if (name === undefined || (name['family'] === undefined && name['given'] === undefined)) return undefined;
  return { use: nameUses[value.value(7)] ?? 'official', ...name };
}

const addressUses: Record<string, string> = {
  H: 'home',
  C: 'temp',
  B: 'work',
  O: 'work',
  BA: 'old',
  M: 'home',
};

/** XAD: street, second line, town, county, postcode, country, type. */
export function address(value: Repeat): Json | undefined {
  const line = [value.value(1), value.value(2)].filter((part) => part !== '');
  const found = compact({
    line,
    city: value.value(3),
    district: value.value(4),
    postalCode: value.value(5),
    country: value.value(6),
  });
  if (found === undefined) return undefined;
  const use = addressUses[value.value(7)] ?? 'home';
  return { use, ...(value.value(7) === 'M' ? { type: 'postal' } : {}), ...found };
}

/** XTN: a telephone number or an e-mail address. `use` is what the field stands for. */
export function contactPoint(value: Repeat, use: 'home' | 'work'): Json | undefined {
  const mail = value.value(4);
  if (mail !== '') return { system: 'email', value: mail, use };
  const parts = [value.value(5), value.value(6), value.value(7)].filter((part) => part !== '').join(' ');
  const number = value.value(1) || value.value(12) || parts;
  if (number === '') return undefined;
  if (number.includes('@')) return { system: 'email', value: number, use };
  const equipment = value.value(3);
  const isMobile =
    equipment === 'CP' || value.value(2) === 'PRS' || /^(?:\+44|0)7\d{9}$/.test(number.replaceAll(' ', ''));
  return { system: equipment === 'FX' ? 'fax' : 'phone', value: number, use: isMobile ? 'mobile' : use };
}

/** XCN: a clinician as a reference by number and name; undefined when neither is there. */
export function clinician(value: Repeat | undefined, sender: Sender): { [key: string]: Json } | undefined {
  if (value === undefined) return undefined;
  const number = value.value(1);
  const display = [value.value(6), value.value(3), value.value(2)].filter((part) => part !== '').join(' ');
  const authority = value.value(9).toUpperCase();
  const system =
    authority === 'GMC' || /^C\d{7}$/.test(number) ? gmcSystem : under(sender.source, 'clinicians');
  return compact({
    type: 'Practitioner',
    identifier: number === '' ? undefined : { system, value: number },
    display,
  });
}

/** A reference to an organisation by its code. */
export function organisation(code: string, display?: string): { [key: string]: Json } {
  return {
    type: 'Organization',
    identifier: isOdsCode(code) ? { system: odsSystem, value: code } : { value: code },
    display: display === undefined || display === '' ? code : display,
  };
}

/** The organisation behind the URI of a source. */
export const organisationOf = (source: string): { [key: string]: Json } =>
  organisation(source.startsWith(`${odsSystem}/`) ? source.slice(odsSystem.length + 1) : source);

/** PL: a place as a reference by name, from the facility down to the bed. */
export function location(value: Repeat | undefined): Json | undefined {
  if (value === undefined) return undefined;
  const parts = [value.value(1), value.value(2), value.value(3)].filter((part) => part !== '');
  const facility = value.value(4);
  const display = [...parts, ...(facility === '' ? [] : [facility])].join(', ');
  return display === '' ? undefined : { type: 'Location', display };
}

/** Reads dates of a message; one that cannot be read is left out and told. */
export class Dates {
  readonly remarks: Remark[];

  constructor(remarks: Remark[]) {
    this.remarks = remarks;
  }

  /** A FHIR dateTime as exact as it was sent. */
  moment(segment: Segment | undefined, field: number, component = 1): string | undefined {
    return this.#read(segment, field, component, (text) => readMoment(text)?.fhir);
  }

  /** Milliseconds since 1970. */
  ms(segment: Segment | undefined, field: number, component = 1): number | undefined {
    return this.#read(segment, field, component, (text) => readMoment(text)?.ms);
  }

  day(segment: Segment | undefined, field: number): string | undefined {
    return this.#read(segment, field, 1, readDay);
  }

  #read<T>(
    segment: Segment | undefined,
    field: number,
    component: number,
    read: (text: string) => T | undefined,
  ): T | undefined {
    const text = segment?.value(field, component) ?? '';
    if (text === '' || segment === undefined) return undefined;
    const found = read(text);
    if (found === undefined) {
      const place = { ...segment.at(field), ...(component === 1 ? {} : { component }) };
      this.remarks.push({ place, text: 'This is no date that exists. It was left out.' });
    }
    return found;
  }
}
