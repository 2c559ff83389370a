import { CopyRows } from '../../platform/db/index.ts';
import { typeName } from '../resource-types.ts';
import type { Wording } from '../search/index.ts';
import type { Resource } from '../types.ts';
import { Batch, SideRows, type BatchRow } from './batch.ts';
import { TokenSets } from './token-sets.ts';

/** A batch on its way from one thread to another: few large pieces, because many small ones are dear to hand over. */
export type PackedBatch = {
  types: Uint16Array;
  /** The ids one after another, a line each; FHIR ids hold no line breaks. */
  ids: string;
  /** The rids that are not the id itself, by row. */
  otherRids: Map<number, string>;
  /** The digests, one after another. */
  digests: string;
  patientIds: string[];
  /** For each row, which of `patientIds` it is filed under. */
  patientOf: Uint32Array;
  flags: Uint8Array;
  main: PackedRows;
  contentAt: Uint32Array;
  stampAt: Uint32Array;
  strings: PackedSide;
  dates: PackedSide;
  numbers: PackedSide;
  sets: { types: Uint16Array; hashes: Int32Array; tokens: Int32Array; from: Uint32Array };
  setOf: Int32Array;
  wordings: Wording[];
  patients: { row: number; resource: Resource | undefined }[];
};

type PackedRows = { bytes: Uint8Array; length: number; starts: Uint32Array };
type PackedSide = PackedRows & { owners: Uint32Array };

const isOfPatient = 1;
const isDeleted = 2;

/** Hexadecimal digits of a digest. */
const digestDigits = 32;

/** Packs the batch of an import, whose changes have no conditions. Its rows cannot be used afterwards: `buffers` go over to the other thread. */
export function packBatch(batch: Batch): { packed: PackedBatch; buffers: ArrayBuffer[] } {
  const { rows } = batch;
  const patientIds = new Map<string, number>();
  const patientOf = new Uint32Array(rows.length);
  const flags = new Uint8Array(rows.length);
  const types = new Uint16Array(rows.length);
  const otherRids = new Map<number, string>();
  for (const [index, row] of rows.entries()) {
    let number = patientIds.get(row.patientId);
    if (number === undefined) patientIds.set(row.patientId, (number = patientIds.size));
    patientOf[index] = number;
    types[index] = row.typeNumber;
    flags[index] = (row.ofPatient ? isOfPatient : 0) | (row.deleted ? isDeleted : 0);
    if (row.rid !== row.id) otherRids.set(index, row.rid);
  }
  const packed: PackedBatch = {
    types,
    ids: rows.map((row) => row.id).join('\n'),
    otherRids,
    digests: rows.map((row) => row.digest).join(''),
    patientIds: [...patientIds.keys()],
    patientOf,
    flags,
    main: packRows(batch.main),
    contentAt: new Uint32Array(batch.contentAt),
    stampAt: new Uint32Array(batch.stampAt),
    strings: packSide(batch.strings),
    dates: packSide(batch.dates),
    numbers: packSide(batch.numbers),
    sets: packSets(batch.sets),
    setOf: new Int32Array(batch.setOf),
    wordings: [...batch.wordings].filter((wording) => !wording.stored),
    patients: batch.patients,
  };
  const { main, strings, dates, numbers } = packed;
  const buffers = [main, strings, dates, numbers].map((each) => each.bytes.buffer as ArrayBuffer);
  return { packed, buffers };
}

/** The batch again, on the other thread. */
export function unpackBatch(packed: PackedBatch): Batch {
  const main = unpackRows(packed.main);
  const ids = packed.types.length === 0 ? [] : packed.ids.split('\n');
  const rows = ids.map((id, index): BatchRow => {
    const typeNumber = packed.types[index]!;
    const flags = packed.flags[index]!;
    return new UnpackedRow(
      typeNumber,
      id,
      packed.otherRids.get(index) ?? id,
      packed.patientIds[packed.patientOf[index]!]!,
      flags,
      packed.digests.slice(index * digestDigits, (index + 1) * digestDigits),
    );
  });
  return new Batch(rows.length, {
    rows,
    main,
    contentAt: Array.from(packed.contentAt),
    stampAt: Array.from(packed.stampAt),
    strings: unpackSide(packed.strings),
    dates: unpackSide(packed.dates),
    numbers: unpackSide(packed.numbers),
    sets: unpackSets(packed.sets),
    setOf: Array.from(packed.setOf),
    wordings: new Set(packed.wordings),
    patients: packed.patients,
  });
}

const packSets = ({ types, hashes, tokens, from }: TokenSets): PackedBatch['sets'] => ({
  types: new Uint16Array(types),
  hashes: new Int32Array(hashes),
  tokens: new Int32Array(tokens),
  from: new Uint32Array(from),
});

const unpackSets = ({ types, hashes, tokens, from }: PackedBatch['sets']): TokenSets =>
  new TokenSets(Array.from(types), Array.from(hashes), Array.from(tokens), Array.from(from));

class UnpackedRow implements BatchRow {
  readonly typeNumber: number;
  readonly id: string;
  readonly rid: string;
  patientId: string;
  readonly ofPatient: boolean;
  readonly deleted: boolean;
  readonly ifVersion = undefined;
  readonly mustBeNew = false;
  isRepeat = false;
  readonly digest: string;

  constructor(typeNumber: number, id: string, rid: string, patientId: string, flags: number, digest: string) {
    this.typeNumber = typeNumber;
    this.id = id;
    this.rid = rid;
    this.patientId = patientId;
    this.ofPatient = (flags & isOfPatient) !== 0;
    this.deleted = (flags & isDeleted) !== 0;
    this.digest = digest;
  }

  get type(): string {
    return typeName(this.typeNumber);
  }
}

/** Small and empty buffers share their memory with others, so they are copied before they are given away. */
function packRows(rows: CopyRows): PackedRows {
  const { bytes, length } = rows;
  const isShared = length === 0 || bytes.byteLength !== bytes.buffer.byteLength;
  return {
    bytes: isShared ? new Uint8Array(bytes.subarray(0, length)) : bytes,
    length,
    starts: new Uint32Array(rows.starts),
  };
}

const packSide = (side: SideRows): PackedSide => ({
  ...packRows(side.copy),
  owners: new Uint32Array(side.owners),
});

function unpackRows({ bytes, length, starts }: PackedRows): CopyRows {
  return CopyRows.of(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), length, starts);
}

const unpackSide = (side: PackedSide): SideRows => new SideRows(unpackRows(side), Array.from(side.owners));
