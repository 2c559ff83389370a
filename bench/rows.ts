import type { RowMapping } from '../server/feeds/index.ts';

/** Made-up rows of the befriending mapping, with a long note in quotes, for proofs at size. */

const rowsOfPiece = 512;
const numberWidth = 10;
const note = `"${'She said ""good morning"", and we walked as far as the bridge, where the river was high.\r\n'.repeat(20)}"`;

/** One row about the person of that number. */
export function madeRow(person: number, surname = 'Hale', outcome = 'A good visit'): string {
  const number = String(person).padStart(numberWidth, '0');
  return `C${number},Ada,${surname},,05-Mar-1941,Woman,"3 Mill Lane, Harport",ZZ1 0AA,01632960${String(person % 1000).padStart(3, '0')},,E${number},12-Jan-2026,Self,Walk,45,${outcome},Y`;
}

/** Rows in pieces of half a thousand. Each person and entry has its own number; the rest is the same bytes over again. */
export function* rowPieces(mapping: RowMapping, pieces: number): Generator<{ bytes: Buffer; rows: number }> {
  const row = Buffer.from(`${madeRow(0, 'Hale', note)}\n`);
  const numbersAt = [1, row.indexOf(`E${'0'.repeat(numberWidth)}`) + 1];
  yield { bytes: Buffer.from(`${mapping.columns.join(',')}\n`), rows: 0 };
  let person = 0;
  for (let piece = 0; piece < pieces; piece += 1) {
    const bytes = Buffer.alloc(row.length * rowsOfPiece, row);
    for (let index = 0; index < rowsOfPiece; index += 1) {
      const text = String((person += 1)).padStart(numberWidth, '0');
      for (const at of numbersAt) bytes.write(text, index * row.length + at, 'latin1');
    }
    yield { bytes, rows: rowsOfPiece };
  }
}

/** How many bytes a piece has. */
export const bytesOfPiece = (mapping: RowMapping): number => {
  const [, piece] = rowPieces(mapping, 1);
  return piece!.bytes.length;
};

/** A header and one row of so many bytes that never ends. */
export function* endless(mapping: RowMapping, size: number, opening: string): Generator<Buffer> {
  yield Buffer.from(`${mapping.columns.join(',')}\n${opening}`);
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let sent = 0; sent < size; sent += piece.length) yield piece;
}
