/** Gives the bytes of an attachment in a way that cannot run in a reader's browser. */
import type { Attachment, Binary, DiagnosticReport, DocumentReference } from '@medplum/fhirtypes';
import type { Resource } from '../types.ts';
import { follow, type Lookup } from './reading/references.ts';
import { binaryReference } from './statements/index.ts';

/** Types a browser may show; it must take our word for the type. Everything else is only ever saved. */
const shown: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/plain',
]);

const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/plain': 'txt',
};

export type Held = { bytes: Buffer; headers: Record<string, string> };

/** The attachment at a place of a document or report, with headers for sending it; undefined when it is not held here. */
export function heldAttachment(owner: Resource, index: number, lookup: Lookup): Held | undefined {
  const attachment = attachmentsOf(owner)[index];
  const found = attachment === undefined ? undefined : contentOf(attachment, owner, lookup);
  if (found === undefined) return undefined;
  return { bytes: Buffer.from(found.data, 'base64'), headers: headersFor(found.contentType) };
}

function attachmentsOf(owner: Resource): Attachment[] {
  if (owner.resourceType === 'DiagnosticReport')
    return (owner as unknown as DiagnosticReport).presentedForm ?? [];
  if (owner.resourceType !== 'DocumentReference') return [];
  return (owner as unknown as DocumentReference).content.map((content) => content.attachment);
}

function contentOf(attachment: Attachment, owner: Resource, lookup: Lookup) {
  if (attachment.data !== undefined)
    return { data: attachment.data, contentType: attachment.contentType ?? '' };
  const reference = binaryReference(attachment.url ?? '');
  if (reference === undefined) return undefined;
  const binary = follow({ reference }, owner, lookup) as unknown as Binary | undefined;
  return binary?.data === undefined ? undefined : { data: binary.data, contentType: binary.contentType };
}

/** The file name is plain: titles may name the person, and file names end up in download folders. */
function headersFor(contentType: string): Record<string, string> {
  const [plain = ''] = contentType.toLowerCase().split(';');
  const type = shown.has(plain.trim()) ? plain.trim() : undefined;
  const name = `document.${type === undefined ? 'bin' : endings[type]}`;
  return {
    'content-type':
      type === undefined
        ? 'application/octet-stream'
        : type === 'text/plain'
          ? 'text/plain; charset=utf-8'
          : type,
    'content-disposition': `${type === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
