import type { Attachment as FhirAttachment } from '@medplum/fhirtypes';
import type { Lookup } from '../reading/references.ts';
import type { Attachment } from '../types.ts';

/** Describes an attachment and where its bytes are; the bytes themselves stay out of the view. */
export function attachmentOf(attachment: FhirAttachment, index: number, lookup: Lookup): Attachment {
  return {
    index,
    title: attachment.title ?? 'Attachment',
    contentType: attachment.contentType,
    sizeBytes: attachment.size ?? decodedSize(attachment.data),
    held: heldAt(attachment, lookup),
  };
}

function decodedSize(base64: string | undefined): number | undefined {
  return base64 === undefined ? undefined : Math.floor((base64.replaceAll(/[\s=]/g, '').length * 3) / 4);
}

/** A Binary is found by its reference; any other address is outside this record and is never fetched. */
function heldAt(attachment: FhirAttachment, lookup: Lookup): Attachment['held'] {
  if (attachment.data !== undefined) return 'here';
  if (attachment.url === undefined) return 'nowhere';
  return binaryReference(attachment.url) !== undefined && lookup(attachment.url) !== undefined
    ? 'binary'
    : 'elsewhere';
}

/** `Binary/id` when a URL is a reference to a Binary of this record. */
export function binaryReference(url: string): string | undefined {
  return /^Binary\/[A-Za-z0-9.-]{1,64}$/.test(url) ? url : undefined;
}
