/** One file of a tar archive. */
export type TarFile = { name: string; content: Buffer };

const block = 512;

/** Lists the files of a tar archive (ustar, with GNU and pax long names). Throws when it is cut short. */
export function* tarFiles(archive: Buffer): Generator<TarFile> {
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length;) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) return;
    const size = Number.parseInt(text(header, 124, 136), 8) || 0;
    const content = archive.subarray(at + block, at + block + size);
    if (content.length < size) throw new Error('the archive is cut short');
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === 'L') longName = text(content, 0, size);
    else if (kind === 'x') longName = paxPath(content) ?? longName;
    else {
      if (kind === '0' || kind === '\0') yield { name: longName ?? fullName(header), content };
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
}

function text(bytes: Buffer, from: number, to: number): string {
  const end = bytes.indexOf(0, from);
  return bytes.toString('utf8', from, end >= from && end < to ? end : to).trim();
}

function fullName(header: Buffer): string {
  const prefix = text(header, 345, 500);
  return prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

function paxPath(content: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
}
