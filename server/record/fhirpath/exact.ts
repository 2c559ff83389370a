/** A number that keeps its text, such as 1.00: made by `JSON.rawJSON`, which TypeScript's library does not name yet. */
export type ExactNumber = { rawJSON: string };

const json = JSON as typeof JSON & { rawJSON(text: string): ExactNumber; isRawJSON(value: unknown): boolean };

export function isExact(value: unknown): value is ExactNumber {
  return typeof value === 'object' && value !== null && json.isRawJSON(value);
}

/** Keeps the places of a decimal where JavaScript would drop them. */
export function exact(text: string): number | ExactNumber {
  return String(Number(text)) === text ? Number(text) : json.rawJSON(text);
}

/** The text of a number as written. */
export function exactText(value: unknown): string {
  return isExact(value) ? value.rawJSON : String(value);
}
