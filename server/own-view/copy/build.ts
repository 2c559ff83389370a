import { createHash } from 'node:crypto';
import type { Gathered } from './gather.ts';
import { coverage, type Part } from './coverage.ts';
import { escaped, linesOf, listing, page } from './pages.ts';
import { zip, type ZipFile } from './zip.ts';

const titles: Record<Part, { title: string; what: string }> = {
  record: {
    title: 'Your record',
    what: 'All that health and care services wrote about you, with who wrote it.',
  },
  'earlier-versions': {
    title: 'How it was before',
    what: 'What stood in your record before it was changed or taken out.',
  },
  identity: { title: 'How we know it is you', what: 'Which records we joined as yours, when and why.' },
  choices: {
    title: 'Your choices, and who is concerned with you',
    what: 'What you chose, who acts for you, and why services were let see your record.',
  },
  'who-looked': { title: 'Who looked', what: 'Every time somebody looked at your record, or tried to.' },
  asked: { title: 'What you asked for', what: 'Your questions, corrections, wishes and copies.' },
};

/** What a manifest says of the whole copy. */
export type CopyManifest = {
  format: 'openics-copy/1';
  made: string;
  person: string;
  parts: { name: Part; entries: number; files: { name: string; sha256: string }[] }[];
  leftOut: { type: string; reason: string }[];
  notLookedAt: number;
  filesKeptBack: number;
  notSearched: { table: string; why: string }[];
};

/** A copy as a zip: a page and a JSON file for each part, files that were attached, and a manifest that counts all of it. */
export function buildCopy(
  gathered: Gathered,
  { made, person }: { made: Date; person: string },
): { bytes: Buffer; manifest: CopyManifest } {
  const names = Object.keys(titles) as Part[];
  const files = names.map((name) => ({ name, files: filesOf(name, gathered) }));
  const manifest: CopyManifest = {
    format: 'openics-copy/1',
    made: made.toISOString(),
    person,
    parts: files.map(({ name, files: own }) => ({
      name,
      entries: gathered.parts[name].length,
      files: own.map(({ name: file, data }) => ({
        name: file,
        sha256: createHash('sha256').update(data).digest('hex'),
      })),
    })),
    leftOut: gathered.leftOut,
    notLookedAt: gathered.notLookedAt,
    filesKeptBack: gathered.filesKeptBack,
    notSearched: Object.entries(coverage).flatMap(([name, where]) =>
      'why' in where && /Staff look/.test(where.why) ? [{ table: name, why: where.why }] : [],
    ),
  };
  const bytes = zip([
    { name: 'index.html', data: Buffer.from(indexPage(manifest)) },
    { name: 'manifest.json', data: json(manifest) },
    ...files.flatMap(({ files: own }) => own),
  ]);
  return { bytes, manifest };
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

function filesOf(name: Part, gathered: Gathered): ZipFile[] {
  const things = gathered.parts[name] as Record<string, unknown>[];
  const { title, what } = titles[name];
  const body = `<p>${escaped(what)}</p>\n${listing(things, { group: groupOf, title: titleOf })}`;
  return [
    { name: `${name}.html`, data: Buffer.from(page(title, body)) },
    { name: `${name}.json`, data: json(things) },
    ...(name === 'record' ? attachedFiles(gathered) : []),
  ];
}

const textIn = (thing: unknown, ...path: string[]): string | undefined => {
  let at: unknown = thing;
  for (const step of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return typeof at === 'string' ? at : undefined;
};

const groupOf = (thing: unknown): string =>
  textIn(thing, 'resource', 'resourceType') ??
  textIn(thing, 'fact') ??
  textIn(thing, 'sort') ??
  textIn(thing, 'kind') ??
  'All';

const titleFields = [
  'display',
  'text',
  'title',
  'name',
  'family',
  'says',
  'evidence',
  'user',
  'kind',
  'method',
  'code',
];

/** The first words in a thing that tell what it is, with when it was. */
function titleOf(thing: unknown): string {
  const lines = linesOf(thing);
  const words = titleFields
    .map((field) => lines.find(([name]) => name === field || name.endsWith(` ${field}`))?.[1])
    .find((value) => value !== undefined);
  const when = lines.find(([, value]) => /^\d{4}-\d\d-\d\d(T|$)/.test(value))?.[1]?.slice(0, 10);
  return [words ?? 'Entry', when].filter((each) => each !== undefined).join(', ');
}

const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/plain': 'txt',
};

/** Letters and pictures as files of their own. Their type is only taken where it cannot run. */
function attachedFiles({ record }: Gathered): ZipFile[] {
  return record.flatMap(({ resource }) =>
    attachmentsIn(resource).map(({ data, contentType }, at) => ({
      name: `files/${resource.resourceType}-${resource.id}-${at + 1}.${endings[contentType] ?? 'bin'}`,
      data: Buffer.from(data, 'base64'),
    })),
  );
}

function attachmentsIn(value: unknown): { data: string; contentType: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { data, contentType } = value as Record<string, unknown>;
  const here = typeof data === 'string' && typeof contentType === 'string' ? [{ data, contentType }] : [];
  return [...here, ...Object.values(value).flatMap(attachmentsIn)];
}

function indexPage({ made, parts, leftOut, notLookedAt, filesKeptBack, notSearched }: CopyManifest): string {
  const rows = parts
    .map(
      ({ name, entries }) =>
        `<tr><td><a href="${name}.html">${titles[name].title}</a></td><td>${entries}</td><td>${titles[name].what}</td></tr>`,
    )
    .join('\n');
  const reasons = [...Map.groupBy(leftOut, ({ reason }) => reason)]
    .map(([reason, own]) => `<li>${own.length}: ${escaped(reason)}</li>`)
    .join('\n');
  const body = `<p>This is a copy of all we hold about you. It was made on ${made.slice(0, 10)}.</p>
<p>Keep it safe. Whoever has this file can read your record.</p>
<table><thead><tr><th scope="col">Part</th><th scope="col">How many</th><th scope="col">What it is</th></tr></thead><tbody>${rows}</tbody></table>
<h2>What is not in it</h2>
${leftOut.length === 0 ? '<p>Nothing was left out by the staff who checked it.</p>' : `<p>Staff left these out:</p><ul>${reasons}</ul>`}
${notLookedAt === 0 ? '' : `<p>${notLookedAt} came after staff checked this copy. Ask for a new copy to get them.</p>`}
${filesKeptBack === 0 ? '' : `<p>${filesKeptBack} files are not in it: a virus scanner found something harmful in them, or they could not be checked.</p>`}
<ul>${notSearched.map(({ why }) => `<li>${escaped(why)}</li>`).join('')}</ul>
<p>The files that end in .json hold the same for a computer. The file manifest.json counts all of it.</p>
<p>If you think something is missing, ask the privacy officer. You can also ask the Information Commissioner (ico.org.uk).</p>`;
  return page('A copy of what we hold about you', body);
}
