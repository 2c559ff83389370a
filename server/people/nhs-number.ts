/**
 * True for ten digits whose last is the Modulus 11 check digit: weights 10 to 2, eleven minus the remainder, 11 counts as 0
 * and 10 is never valid. Source: NHS Data Dictionary, attribute NHS NUMBER.
 */
export function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * (text.charCodeAt(i) - 48);
  const check = 11 - (sum % 11);
  return check !== 10 && (check === 11 ? 0 : check) === text.charCodeAt(9) - 48;
}

/** The identifier system of NHS numbers in FHIR UK Core. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
