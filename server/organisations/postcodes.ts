/**
 * A postcode in its one form: capitals, one space before the last three characters. Undefined for what has not the shape of one.
 * Source: BS 7666; the shape also takes made-up areas such as ZZ.
 */
export function postcodeForm(text: string): string | undefined {
  const bare = text.replaceAll(/\s+/g, '').toUpperCase();
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(bare) ? `${bare.slice(0, -3)} ${bare.slice(-3)}` : undefined;
}
