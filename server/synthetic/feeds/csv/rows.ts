/** One row of a CSV file: fields with the separator, a quote or a line end stand in quotes (RFC 4180). */
export const row = (separator: string, fields: readonly string[]): string =>
  fields
    .map((field) => (needsQuotes(field, separator) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(separator);

const needsQuotes = (field: string, separator: string): boolean =>
  field.includes(separator) || field.includes('"') || field.includes('\n');
