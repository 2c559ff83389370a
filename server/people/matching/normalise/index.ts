import { isNhsNumber } from '../../nhs-number.ts';
import type { Address, Normalised, Particulars } from '../types.ts';
import { placeOf, postcodeOf, streetOf } from './addresses.ts';
import { emailOf, phoneOf, sexOf } from './contacts.ts';
import { dateParts } from './dates.ts';
import { joinedFamily, nameWords, originalOf, soundex } from './names.ts';
import { nameRoot } from './nicknames.ts';

/** Puts particulars into the form that is compared. What cannot be used is left out; nothing is guessed. */
export function normalise(from: Particulars): Normalised {
  const out: Normalised = {};
  names(from, out);
  numbers(from, out);
  dates(from, out);
  addresses(from.addresses ?? [], from.birthPlace, out);
  contacts(from, out);
  set(out, 'sex', sexOf(from.sex));
  set(out, 'occupation', placeOf(from.occupation));
  return out;
}

type OneValue = Exclude<keyof Normalised, 'original' | 'names' | 'middle' | 'postcodes' | 'phones'>;

function set(out: Normalised, field: OneValue, value: string | undefined): void {
  if (value !== undefined) out[field] = value;
}

function names(from: Particulars, out: Normalised): void {
  const whole = (from.fullNames ?? []).map(nameWords);
  let given = (from.given ?? []).flatMap(nameWords);
  let family = (from.family ?? []).map(nameWords);
  const longest = whole.reduce((best, each) => (each.length > best.length ? each : best), [] as string[]);
  if (given.length === 0 && family.flat().length === 0 && longest.length > 0) {
    given = longest.slice(0, -1);
    family = [longest.slice(-1)];
  }
  const [first, ...others] = given;
  const before = (from.previousNames ?? []).flatMap((name) => [
    ...nameWords(name.given),
    ...nameWords(name.family),
  ]);
  set(out, 'given', first);
  set(out, 'givenRoot', first === undefined ? undefined : nameRoot(first));
  const current = family.find((each) => each.length > 0) ?? [];
  const familyName = joinedFamily(current);
  set(out, 'family', familyName);
  set(out, 'familySound', familyName === undefined ? undefined : soundex(familyName));
  const all = unique([
    ...given,
    ...family.flat(),
    ...(familyName === undefined ? [] : [familyName]),
    ...whole.flat(),
    ...before,
  ]);
  if (all.length > 0) out.names = all;
  const middle = unique([...others, ...longest.slice(1, -1)]).filter(
    (word) => word !== first && !current.includes(word),
  );
  if (middle.length > 0) out.middle = middle;
  const original = { given: originalOf(from.given?.join(' ')), family: originalOf(from.family?.join(' ')) };
  if (original.given !== undefined || original.family !== undefined) {
    out.original = {
      ...(original.given === undefined ? {} : { given: original.given }),
      ...(original.family === undefined ? {} : { family: original.family }),
    };
  }
}

function numbers(from: Particulars, out: Normalised): void {
  const nhs = from.nhsNumber?.replace(/[\s-]/g, '');
  if (nhs !== undefined && isNhsNumber(nhs) && !/^(\d)\1*$/.test(nhs)) out.nhsNumber = nhs;
  const other = from.otherNumber?.replace(/[^0-9A-Za-z]/g, '').toLowerCase();
  if (other !== undefined && other.length >= 4 && !/^(.)\1*$/.test(other)) out.otherNumber = other;
}

function dates(from: Particulars, out: Normalised): void {
  const birth = dateParts(from.birthDate);
  set(out, 'birthDate', birth.date);
  set(out, 'birthYear', birth.year);
  set(out, 'birthMonth', birth.month);
  set(out, 'birthDay', birth.day);
  set(out, 'deathDate', dateParts(from.deathDate).date);
}

function addresses(all: readonly Address[], birthPlace: string | undefined, out: Normalised): void {
  const postcodes: string[] = [];
  for (const address of all) {
    const { postcode, outcode } = postcodeOf(address.postcode);
    if (postcode !== undefined) postcodes.push(postcode);
    if (out.outcode === undefined) set(out, 'outcode', outcode);
    if (out.postcode === undefined) set(out, 'postcode', postcode);
    if (out.street === undefined) {
      const { house, street } = streetOf(address.lines ?? []);
      set(out, 'house', house);
      set(out, 'street', street);
    }
    if (out.place === undefined) set(out, 'place', placeOf(address.place));
  }
  if (out.place === undefined) set(out, 'place', placeOf(birthPlace));
  if (postcodes.length > 0) out.postcodes = unique(postcodes);
}

function contacts(from: Particulars, out: Normalised): void {
  const phones = unique((from.phones ?? []).map(phoneOf).filter((phone) => phone !== undefined));
  if (phones.length > 0) out.phones = phones;
  for (const text of from.emails ?? []) {
    const { email, emailUser } = emailOf(text);
    if (email === undefined) continue;
    out.email = email;
    set(out, 'emailUser', emailUser);
    return;
  }
}

const unique = (values: string[]): string[] => (values.length < 2 ? values : [...new Set(values)].sort());
