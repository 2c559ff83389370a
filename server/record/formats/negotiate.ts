import { Problem } from '../../platform/errors.ts';

export type Format = 'json' | 'xml';

/** How to answer: `contentType` goes into the header as it is. */
export type Answer = { format: Format; contentType: string; pretty: boolean };

const mediaTypes = new Map<string, Format>([
  ['application/fhir+json', 'json'],
  ['application/fhir+xml', 'xml'],
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['text/json', 'json'],
  ['text/xml', 'xml'],
  ['application/json+fhir', 'json'],
  ['application/xml+fhir', 'xml'],
]);
const shortNames = new Map<string, Format>([
  ['json', 'json'],
  ['xml', 'xml'],
  ['html', 'json'],
  ['text/html', 'json'],
]);
const servedVersions = new Set(['4.0', '4.0.1']);

type Range = { type: string; quality: number; version: string | undefined };

/**
 * Chooses the format of an answer from `_format`, else from the Accept header. Throws a 406 Problem when neither is served.
 * Source: HL7 FHIR R4, section 3.1.0.1.11, and RFC 9110 section 12.5.1.
 */
export function negotiate(accept: string | undefined, format?: string, pretty?: string): Answer {
  const isPretty = pretty === 'true';
  if (format !== undefined && format !== '') return { ...fromFormat(format), pretty: isPretty };
  const ranges = rangesOf(accept ?? '*/*').sort((a, b) => b.quality - a.quality);
  for (const range of ranges) {
    if (range.quality === 0 || !isServed(range.version)) continue;
    const found = match(range.type, ranges);
    if (found !== undefined) return { ...found, pretty: isPretty };
  }
  throw unacceptable('Accept');
}

/** Says which format a request body is in. Throws a 415 Problem when it is neither FHIR JSON nor FHIR XML. */
export function bodyFormat(contentType: string | undefined): Format {
  const [range] = rangesOf(contentType ?? '');
  const format = range === undefined ? undefined : mediaTypes.get(range.type);
  if (format !== undefined && isServed(range?.version)) return format;
  throw new Problem(
    'record/media-type',
    415,
    'The body is in a media type or FHIR version that is not served here.',
    {
      place: 'Content-Type',
      wayOut: 'Send application/fhir+json or application/fhir+xml, FHIR version 4.0.',
    },
  );
}

function fromFormat(text: string): { format: Format; contentType: string } {
  // A plus sign that was not encoded arrives as a space.
  const [range] = rangesOf(text.trim().replaceAll(' ', '+').replaceAll(';+', ';'));
  const type = range?.type ?? '';
  const format = mediaTypes.get(type) ?? shortNames.get(type);
  if (format === undefined || !isServed(range?.version)) throw unacceptable('_format');
  return { format, contentType: headerFor(mediaTypes.has(type) ? type : `application/fhir+${format}`) };
}

function match(type: string, ranges: Range[]): { format: Format; contentType: string } | undefined {
  const format = mediaTypes.get(type);
  if (format !== undefined) return { format, contentType: headerFor(type) };
  if (type === 'text/html') return { format: 'json', contentType: headerFor('application/fhir+json') };
  if (!type.endsWith('/*')) return undefined;
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map((range) => range.type));
  const prefix = type === '*/*' ? '' : type.slice(0, -1);
  for (const [name, served] of mediaTypes) {
    if (name.startsWith(prefix) && !refused.has(name))
      return { format: served, contentType: headerFor(name) };
  }
  return undefined;
}

function headerFor(type: string): string {
  return `${type}; charset=utf-8`;
}

function rangesOf(header: string): Range[] {
  const ranges: Range[] = [];
  for (const part of header.split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (type === '') continue;
    const quality = Number(parameter(parameters, 'q') ?? 1);
    ranges.push({
      type,
      quality: quality >= 0 && quality <= 1 ? quality : 0,
      version: parameter(parameters, 'fhirversion'),
    });
  }
  return ranges;
}

function parameter(parameters: string[], name: string): string | undefined {
  const found = parameters.find((text) => text.startsWith(`${name}=`));
  return found?.slice(name.length + 1).replaceAll('"', '');
}

function isServed(version: string | undefined): boolean {
  return version === undefined || servedVersions.has(version);
}

function unacceptable(place: string): Problem {
  return new Problem(
    'record/not-acceptable',
    406,
    'The answer is asked for in a format or FHIR version that is not served here.',
    {
      place,
      wayOut: 'Ask for application/fhir+json or application/fhir+xml, FHIR version 4.0.',
    },
  );
}
