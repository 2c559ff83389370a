/** What stands in a copy to be read by people: plain pages without script, that need nothing but a browser. */

export const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `body{font:1.1rem/1.5 Arial,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#212b32}
h2{margin-top:2em}details{border-bottom:1px solid #d8dde0;padding:.4em 0}summary{cursor:pointer}
table{border-collapse:collapse;margin:.5em 0}th,td{text-align:left;vertical-align:top;padding:.2em 1em .2em 0;overflow-wrap:anywhere}
th{font-weight:400;color:#4c6272}`;

export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><p><a href="index.html">All parts</a></p><h1>${escaped(title)}</h1>
${body}
</body></html>
`;

/** Anything as lines of a name and a value, in the order it stands in. */
export function linesOf(value: unknown, name = ''): [name: string, value: string][] {
  if (value === null || value === undefined) return [];
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (typeof value !== 'object') return [[name, String(value)]];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, each]) =>
    linesOf(
      each,
      isList
        ? value.length > 1
          ? `${name} ${Number(key) + 1}`.trim()
          : name
        : `${name} ${spaced(key)}`.trim(),
    ),
  );
}

/** `birthDate` becomes `birth date`. */
const spaced = (key: string): string =>
  key.replaceAll(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const table = (value: unknown): string =>
  `<table>${linesOf(value)
    .map(([name, each]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(each)}</td></tr>`)
    .join('')}</table>`;

/** A list of things, in groups, each thing to be opened. */
export function listing<Each>(
  things: readonly Each[],
  { group, title }: { group(thing: Each): string; title(thing: Each): string },
): string {
  if (things.length === 0) return '<p>There is nothing here.</p>';
  const groups = Map.groupBy(things, group);
  return [...groups]
    .map(
      ([name, own]) =>
        `<h2>${escaped(name)} (${own.length})</h2>\n${own
          .map((each) => `<details><summary>${escaped(title(each))}</summary>${table(each)}</details>`)
          .join('\n')}`,
    )
    .join('\n');
}
