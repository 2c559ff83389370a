import { crc32, deflateRawSync } from 'node:zlib';

export type ZipFile = { name: string; data: Buffer };

const utf8Names = 0x0800;
const deflated = 8;
/** 1980-01-01, the first day a zip can hold: the files' own dates would say when a copy was made twice. */
const date = 0x0021;

/** These files as one zip, in this order. Source: PKWARE APPNOTE 6.3.10. Up to 65,535 files and 4 GB; more is an error. */
export function zip(files: readonly ZipFile[]): Buffer {
  if (files.length > 0xffff) throw new RangeError('A zip of this form holds 65,535 files at most.');
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const nameBytes = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(utf8Names, 2);
    common.writeUInt16LE(deflated, 4);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    parts.push(mark(0x04034b50), common, nameBytes, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(mark(0x02014b50), Buffer.from([20, 0]), common, place, nameBytes);
    offset += 4 + common.length + nameBytes.length + packed.length;
    if (offset > 0xffffffff) throw new RangeError('A zip of this form holds 4 GB at most.');
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, mark(0x06054b50), end]);
}

function mark(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
