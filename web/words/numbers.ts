/** Numbers in words. */

const grouped = new Intl.NumberFormat('en-GB');

export function numberWords(count: number): string {
  return grouped.format(count);
}

/** `1 source`, `2 sources`; a plural that is not made with s is given. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}

/** An NHS number with its spaces: 943 476 5919. Source: NHS digital service manual, NHS numbers. */
export function nhsNumberWords(number: string): string {
  return /^\d{10}$/.test(number) ? `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}` : number;
}

/** A size in kB or MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return countWords(bytes, 'byte');
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
