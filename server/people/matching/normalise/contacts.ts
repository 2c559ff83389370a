import { wordPairs } from '../word-pairs.ts';

/** A telephone number in national form: digits, led by 0. Too short or one digit over and over gives nothing. */
export function phoneOf(text: string): string | undefined {
  let digits = text.replace(/\(0\)/g, '').replace(/[^\d+]/g, '');
  if (digits.startsWith('+44')) digits = `0${digits.slice(3)}`;
  else if (digits.startsWith('0044')) digits = `0${digits.slice(4)}`;
  digits = digits.replace(/\+/g, '');
  if (digits.startsWith('44') && digits.length === 12) digits = `0${digits.slice(2)}`;
  if (digits.startsWith('7') && digits.length === 10) digits = `0${digits}`;
  return digits.length < 7 || /^(\d)\1*$/.test(digits.slice(-7)) ? undefined : digits;
}

const nobody = new Set(['none', 'noemail', 'no', 'na', 'nk', 'unknown', 'test', 'noreply', 'info', 'admin']);

/** An e-mail address in small letters and the part before its @, unless it is nobody's. */
export function emailOf(text: string): { email?: string; emailUser?: string } {
  const email = text.trim().toLowerCase();
  const at = email.indexOf('@');
  const user = at < 0 ? email : email.slice(0, at);
  if (email.length < 5 || nobody.has(user)) return {};
  return at > 0 ? { email, emailUser: user } : { email };
}

const sexes = wordPairs(`
  m m  male m  1 m  man m  f f  female f  2 f  woman f  other o  o o
`);

/** m, f or o; codes 1 and 2 as in the NHS Data Dictionary (PERSON STATED GENDER). Not known gives nothing. */
export const sexOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : sexes.get(text.trim().toLowerCase());
