import type { ByteSource } from './byte-source.ts';
import { InputFault } from './input-fault.ts';

const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
const accepted = new Set(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);

/** Decodes XML by its byte order mark, its declaration, else as UTF-8. Throws an InputFault where the bytes do not fit. */
export async function* decodedXml(source: ByteSource, head: Buffer): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder(encodingOf(head), { fatal: true });
  try {
    for await (const chunk of source) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError)
      throw new InputFault('encoding', `The bytes are not ${decoder.encoding}.`);
    throw error;
  }
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const label = declaration.exec(head.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  const encoding = known(label);
  if (encoding === undefined || !accepted.has(encoding) || encoding.startsWith('utf-16')) {
    throw new InputFault('encoding', 'The XML declares an encoding that is not supported here.');
  }
  return encoding;
}

function known(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
