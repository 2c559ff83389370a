import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { CopyRows, copyMessage } from '../db/index.ts';
import { RowScanner, type RowSum } from './row-scanner.ts';

type Row = (string | null)[];

const rows = fc.array(fc.array(fc.option(fc.string({ maxLength: 40 })), { maxLength: 5 }), { maxLength: 30 });

function stream(table: Row[]): Buffer {
  const copy = new CopyRows();
  for (const row of table) {
    copy.startRow(row.length);
    for (const value of row) {
      if (value === null) copy.null();
      else copy.text(value);
    }
  }
  return Buffer.concat(copyMessage(copy.ranges()));
}

function sum(bytes: Buffer, pieceBytes = bytes.length): RowSum {
  const scanner = new RowScanner();
  for (let at = 0; at < bytes.length; at += pieceBytes) scanner.feed(bytes.subarray(at, at + pieceBytes));
  return scanner.end();
}

test('rows are counted, and where the stream is cut into pieces does not matter', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 64 }), (table, pieceBytes) => {
      const bytes = stream(table);
      assert.equal(sum(bytes).rows, table.length);
      assert.deepEqual(sum(bytes, pieceBytes), sum(bytes));
    }),
  );
});

test('the order of the rows does not matter', () => {
  fc.assert(
    fc.property(rows, (table) => {
      assert.deepEqual(sum(stream([...table].reverse())), sum(stream(table)));
    }),
  );
});

test('another value gives another hash', () => {
  fc.assert(
    fc.property(rows, fc.string(), fc.string(), (table, a, b) => {
      fc.pre(a !== b);
      assert.notEqual(sum(stream([...table, [a]])).hash, sum(stream([...table, [b]])).hash);
    }),
  );
});

test('a stream that stops before its end mark is refused', () => {
  const bytes = stream([['a'], ['b']]);
  assert.throws(() => sum(bytes.subarray(0, bytes.length - 2)), /cut off/);
});
