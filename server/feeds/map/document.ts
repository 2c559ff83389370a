import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable } from './codes.ts';
import { eventNotTaken, idOf, missing, required, wholeClaim, type Context } from './context.ts';
import { clinician, elementsOf, organisation } from './datatypes.ts';
import { encounterOf } from './encounter.ts';
import { patientOf } from './patient.ts';
import { under } from './source.ts';

/** What an MDM event makes of a document. Source: HL7 v2.4, chapter 9. */
const events: ReadonlyMap<string, 'current' | 'entered-in-error'> = new Map(
  Object.entries<'current' | 'entered-in-error'>({
    T01: 'current',
    T02: 'current',
    T03: 'current',
    T04: 'current',
    T05: 'current',
    T06: 'current',
    T07: 'current',
    T08: 'current',
    T09: 'current',
    T10: 'current',
    T11: 'entered-in-error',
  }),
);

/** Completion status in TXA-17. Source: HL7 table 0271. */
const completions: Record<string, string> = {
  AU: 'final',
  LA: 'final',
  DO: 'preliminary',
  DI: 'preliminary',
  IN: 'preliminary',
  IP: 'preliminary',
  PA: 'preliminary',
};

/** What sorts of document are called where a message gives only their code in TXA-2. Source: HL7 table 0270. */
const sorts: Readonly<Record<string, string | undefined>> = {
  AR: 'Autopsy report',
  CD: 'Cardiodiagnostics',
  CN: 'Consultation',
  DI: 'Diagnostic imaging',
  DS: 'Discharge summary',
  ED: 'Emergency department report',
  HP: 'History and physical examination',
  OP: 'Operative report',
  PC: 'Psychiatric consultation',
  PH: 'Psychiatric history and physical examination',
  PN: 'Procedure note',
  PR: 'Progress note',
  SP: 'Surgical pathology',
  TS: 'Transfer summary',
};

/** The sort of a document, with words: those of the message where it has any. */
function sortOf(header: Segment, sender: Context['sender']): ReturnType<typeof codeable> {
  const sort = codeable(header.first(2), sender);
  const [coding] = sort?.coding ?? [];
  if (sort === undefined || coding === undefined || sort.text !== undefined) return sort;
  const words = coding.display === undefined ? sorts[coding.code ?? ''] : undefined;
  return words === undefined ? sort : { ...sort, text: words };
}

const replacing = new Set(['T09', 'T10']);
const adding = new Set(['T05', 'T06']);

/** MDM: a document as a DocumentReference that holds its content. */
export function documentClaims(context: Context): Claim[] {
  const { message, sender, dates } = context;
  const status = events.get(message.event);
  if (status === undefined) throw eventNotTaken('MDM');
  const header = required(context, 'TXA');
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const number = header.value(12) || header.value(12, 3);
  if (number === '') throw missing(header, 12, 'The number of the document');
  const parent = header.value(13) || header.value(13, 3);
  const author = clinician(header.first(9), sender);
  const type = sortOf(header, sender);
  const relation = replacing.has(message.event)
    ? 'replaces'
    : adding.has(message.event)
      ? 'appends'
      : undefined;
  const written = [4, 7, 6]
    .map((field) => dates.moment(header, field))
    .find((moment) => moment?.includes('T') === true);
  const content = contentOf(context, type?.text ?? type?.coding?.[0]?.display ?? type?.coding?.[0]?.code);
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: [{ system: under(sender.source, 'documents'), value: number }],
    status,
    docStatus: completions[header.value(17).toUpperCase()],
    type,
    subject: { reference: `Patient/${key.id}` },
    date: written,
    author: author === undefined ? [] : [author],
    custodian: organisation(sender.facility),
    relatesTo:
      relation === undefined || parent === ''
        ? []
        : [
            {
              code: relation,
              target: { reference: `DocumentReference/${idOf(context, 'document', parent)}` },
            },
          ],
    description: header.value(16),
    content,
    context: stay === undefined ? undefined : { encounter: [{ reference: `Encounter/${stay.id}` }] },
  });
  const id = idOf(context, 'document', number);
  const document = wholeClaim(context, 'DocumentReference', id, elements, header.at(12));
  return stay === undefined ? [patient, document] : [patient, stay, document];
}

/** Texts of OBX joined as one text, then each file. A notification without content still has its title. */
function contentOf(context: Context, title: string | undefined): Json[] {
  const texts: string[] = [];
  const files: Json[] = [];
  for (const segment of context.message.all('OBX')) {
    const file = attachmentOf(context, segment);
    if (file !== undefined) files.push({ attachment: file });
    else texts.push(...segment.repeats(5).map((value) => value.text));
  }
  const text = texts.join('\n');
  if (text.trim() !== '') {
    const data = Buffer.from(text).toString('base64');
    files.unshift({
      attachment: {
        contentType: 'text/plain; charset=utf-8',
        data,
        ...(title === undefined ? {} : { title }),
      },
    });
  }
  return files.length > 0 ? files : [{ attachment: { title: title ?? 'Document' } }];
}

const subtypes: Record<string, string> = {
  PDF: 'application/pdf',
  RTF: 'application/rtf',
  HTML: 'text/html',
  XML: 'application/xml',
  JPEG: 'image/jpeg',
  JPG: 'image/jpeg',
  PNG: 'image/png',
  GIF: 'image/gif',
  TIFF: 'image/tiff',
  TIF: 'image/tiff',
  DICOM: 'application/dicom',
  PLAIN: 'text/plain',
};

/** A file in OBX-5 (ED, Base64 or hexadecimal) or the address of one (RP); undefined for other results. */
export function attachmentOf(context: Context, segment: Segment): Json | undefined {
  const kind = segment.value(2).toUpperCase();
  const value = segment.first(5);
  if ((kind !== 'ED' && kind !== 'RP') || value === undefined) return undefined;
  const title = segment.value(3, 2) || segment.value(3);
  const named: { [key: string]: Json } = title === '' ? {} : { title };
  if (kind === 'RP') {
    const url = value.value(1);
    return url === '' || /\s/.test(url) ? { ...named, title: title || 'File' } : { url, ...named };
  }
  const data = bytesOf(context, segment, value.value(5), value.value(4));
  if (data === undefined) return { ...named, title: title || 'File' };
  const contentType = mimeOf(value.value(2), value.value(3));
  return { contentType, data, ...named };
}

function mimeOf(type: string, subtype: string): string {
  if (/^[a-z]+\/[\w.+-]+$/i.test(type)) return type.toLowerCase();
  if (/^[a-z]+\/[\w.+-]+$/i.test(subtype)) return subtype.toLowerCase();
  return subtypes[subtype.toUpperCase()] ?? subtypes[type.toUpperCase()] ?? 'application/octet-stream';
}

function bytesOf(context: Context, segment: Segment, data: string, encoding: string): string | undefined {
  const plain = data.replaceAll(/\s/g, '');
  if (plain === '') return undefined;
  const form = encoding.toUpperCase();
  if (form === 'HEX' && /^(?:[0-9a-fA-F]{2})+$/.test(plain))
    return Buffer.from(plain, 'hex').toString('base64');
  if (form === 'A') return Buffer.from(data).toString('base64');
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(plain) && plain.length % 4 === 0) return plain;
  context.remarks.push({
    place: { ...segment.at(5), component: 5 },
    text: 'The file cannot be read. It was left out.',
  });
  return undefined;
}
