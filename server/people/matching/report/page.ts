import { escaped } from './svg.ts';

export type Cell = string;

/** A table of text. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cells = (tag: string, row: readonly Cell[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

const style = `body{font:17px/1.5 Arial,sans-serif;max-width:900px;margin:2rem auto;padding:0 1rem;color:#212b32}
h1,h2,h3{line-height:1.2}h2{margin-top:2.5rem}table{border-collapse:collapse;margin:1rem 0;width:100%}
th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #d8dde0;font-size:15px}
svg{max-width:100%;height:auto;font:13px Arial,sans-serif}.small{font-size:12px;fill:#4c6272}.for{fill:#007f3b}.against{fill:#d5281b}
.total{fill:#005eb8}.axis{stroke:#212b32}.grid{stroke:#d8dde0}.mark{stroke:#212b32;stroke-dasharray:5 4}.line{fill:none;stroke-width:2.5}
.first{stroke:#005eb8}.second{stroke:#ae2573;stroke-dasharray:8 4}.first-text{fill:#005eb8}.second-text{fill:#ae2573}

.faint{opacity:.45;stroke-width:1.5}summary{cursor:pointer;color:#005eb8}.private{border-left:8px solid #005eb8;padding:.5rem 1rem;background:#f0f4f5}`;

export const privateNote =
  '<p class="private">This page shows records of people. Keep it as safe as the files it was made from.</p>';

/** A page that stands alone: no script, nothing from elsewhere. */
export const page = (title: string, parts: readonly string[]): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${parts.join('\n')}</main></body></html>\n`;
