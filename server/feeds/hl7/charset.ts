import { isAscii, isUtf8 } from 'node:buffer';
import { errorCodes, Hl7Fault, type Remark } from './fault.ts';

/** What MSH-18 calls a character set, without spaces and punctuation, and what the Encoding Standard calls it. Source: HL7 table 0211. */
const labels: Record<string, string> = {
  ASCII: 'utf-8',
  UNICODE: 'utf-8',
  UNICODEUTF8: 'utf-8',
  UTF8: 'utf-8',
  UNICODEUTF16: 'utf-8',
  WINDOWS1252: 'windows-1252',
  CP1252: 'windows-1252',
  ANSI: 'windows-1252',
  LATIN1: 'windows-1252',
  GB180302000: 'gb18030',
  BIG5: 'big5',
  KSX1001: 'euc-kr',
};
for (const part of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16]) {
  labels[`8859${part}`] = `iso-8859-${part}`;
  labels[`ISO8859${part}`] = `iso-8859-${part}`;
}

const place = { segment: 'MSH', field: 18 };

export type Decoded = { text: string; bytesToText: (bytes: Buffer) => string; remarks: Remark[] };

/**
 * Turns the bytes of a message into text by the character set it declares. UTF-16 tells itself; without a declaration it is UTF-8
 * where that can be read, else Windows-1252. `isText` says that the bytes are UTF-8 whatever the message declares, because a person wrote them here. Refuses a character set that is not known, unless all bytes are ASCII.
 */
export function decode(bytes: Buffer, isText = false): Decoded {
  const wide = wideIn(bytes);
  if (wide !== undefined) return decodedAs(wide, bytes, []);
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = start === 0 ? bytes : bytes.subarray(start);
  const declared = declaredIn(body);
  const label = labels[declared.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')];
  if (isAscii(body))
    return { text: body.toString('latin1'), bytesToText: reader(label ?? 'utf-8'), remarks: [] };
  if (isText) return decodedAs('utf-8', body, []);
  if (declared !== '' && label === undefined) {
    throw new Hl7Fault({
      ack: 'AR',
      code: errorCodes.notInTable,
      place,
      reason: 'The character set is not known here.',
    });
  }
  const wanted = label ?? 'utf-8';
  if (wanted !== 'utf-8' || isUtf8(body)) return decodedAs(wanted, body, []);
  const remarks =
    declared === ''
      ? []
      : [{ place, text: 'It is not in the character set it declares; read as Windows-1252.' }];
  return decodedAs('windows-1252', body, remarks);
}

/** Which UTF-16 the bytes are in: told by a byte-order mark, else by the first letter of MSH. */
function wideIn([first, second]: Buffer): string | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x4d && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x4d)) return 'utf-16be';
  return undefined;
}

function decodedAs(label: string, body: Buffer, remarks: Remark[]): Decoded {
  const bytesToText = reader(label);
  return { text: bytesToText(body), bytesToText, remarks };
}

const decoders = new Map<string, TextDecoder>();

/** Reads bytes in one character set. What an escape sequence holds may be no whole character. */
function reader(label: string): (bytes: Buffer) => string {
  let decoder = decoders.get(label);
  if (decoder === undefined) decoders.set(label, (decoder = new TextDecoder(label)));
  const found = decoder;
  return (bytes) => found.decode(bytes);
}

/** The first value of MSH-18, read byte by byte: every character set here agrees on ASCII. */
function declaredIn(body: Buffer): string {
  const header = body
    .toString('latin1', 0, 4096)
    .split(/[\r\n]/, 1)[0]!
    .trimStart();
  const separator = header[3];
  if (separator === undefined) return '';
  const field = header.split(separator)[17] ?? '';
  return field.split(/[~^]/, 1)[0]!.trim();
}
