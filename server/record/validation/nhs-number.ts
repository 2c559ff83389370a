/** The identifier system of NHS numbers. Source: NHS Data Model and Dictionary; UK Core naming systems. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Says whether ten digits are a valid NHS number by the Modulus 11 check.
 * Source: NHS Data Model and Dictionary, "NHS NUMBER": weight the first nine digits 10 to 2, sum, divide by 11,
 * take the remainder from 11; 11 counts as 0 and 10 is invalid; the result must equal the tenth digit.
 */
export function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(text[at]) * (10 - at);
  const check = 11 - (sum % 11);
  return check !== 10 && check % 11 === Number(text[9]);
}
