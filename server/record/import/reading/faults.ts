import { isUtf8 } from 'node:buffer';
import type { Fault, FaultCode } from './types.ts';

const said: Record<FaultCode, { reason: string; wayOut: string }> = {
  malformed: {
    reason: 'The text is not well formed here.',
    wayOut: 'Mend the text at this place and replay it.',
  },
  truncated: {
    reason: 'The input ends in the middle of a piece.',
    wayOut: 'Fetch the input again and import it; what came before this place is stored.',
  },
  encoding: {
    reason: 'The bytes are not UTF-8.',
    wayOut: 'Save the input as UTF-8 (for example: iconv -f WINDOWS-1252 -t UTF-8) and import it again.',
  },
  oversize: {
    reason: 'The resource is larger than one resource may be.',
    wayOut: 'Move large attachments out of it (Attachment.url instead of Attachment.data), or split it.',
  },
  empty: { reason: 'There is nothing in it.', wayOut: 'Ask the sender for the input again.' },
  'not-fhir': {
    reason: 'This is not a FHIR resource, a Bundle or NDJSON.',
    wayOut: 'Give FHIR R4 as JSON, XML or NDJSON.',
  },
  unreadable: {
    reason: 'The input cannot be read.',
    wayOut: 'Check that it exists and that this user may read it.',
  },
  changed: {
    reason: 'The input changed while it was read.',
    wayOut: 'Wait until its writer has finished and import it again; nothing is stored twice.',
  },
  archive: {
    reason: 'The compressed input is damaged or of an unknown kind.',
    wayOut: 'Fetch it again, or unpack it and import what comes out.',
  },
  'nested-archive': {
    reason: 'An archive inside an archive is not opened.',
    wayOut: 'Unpack the outer archive and import what comes out.',
  },
  expansion: {
    reason: 'The compressed input expands to far more than FHIR data does.',
    wayOut: 'If its sender is trusted, unpack it and import what comes out.',
  },
  'link-loop': {
    reason: 'A symbolic link leads back to a folder above it.',
    wayOut: 'Remove the link.',
  },
};

/** A fault in the words of its kind; `more` overrides them and adds the place. */
export function fault(code: FaultCode, more: Partial<Omit<Fault, 'kind' | 'code'>> = {}): Fault {
  return { kind: 'fault', code, entry: 0, raw: '', ...said[code], ...more };
}

/** The bytes as text a person can look at, at most `limit` of them. */
export function rawText(bytes: Buffer, limit: number): { raw: string; rawCut?: boolean } {
  const kept = bytes.length > limit ? bytes.subarray(0, limit) : bytes;
  const raw = kept.toString('utf8').replaceAll('\0', '\uFFFD');
  return bytes.length > limit || !isUtf8(kept) ? { raw, rawCut: true } : { raw };
}
