import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hl7Fault } from './fault.ts';
import { parseMessage } from './message.ts';

const head = (charset: string): string =>
  `MSH|^~\\&|PAS|RX1|OPENICS|QWO|20260105101500||ADT^A31|C1|P|2.4||||||${charset}\rPID|1||P1||`;

const message = (charset: string, family: Uint8Array | string): Buffer =>
  Buffer.concat([Buffer.from(head(charset)), Buffer.from(family as string), Buffer.from('^Anna\r')]);

const family = (bytes: Buffer): string => parseMessage(bytes).first('PID')!.value(5);

test('each character set of HL7 table 0211 that European senders use is read', () => {
  for (const [charset, bytes, name] of [
    ['8859/1', [0x5a, 0x6f, 0xeb], 'Zoë'],
    ['8859/2', [0xa9, 0x69, 0x6b], 'Šik'],
    ['8859/5', [0xb8, 0xd2], 'Ив'],
    ['8859/7', [0xc1, 0xe8], 'Αθ'],
    ['8859/9', [0xdd, 0xfe, 0xfd, 0x6b], 'İşık'],
    ['8859/15', [0xbc, 0x69], 'Œi'],
    ['WINDOWS-1252', [0x8a, 0x69, 0x6b], 'Šik'],
    ['UNICODE UTF-8', [0xc4, 0xb0], 'İ'],
    ['GB 18030-2000', [0xc0, 0xee], '李'],
    ['BIG-5', [0xa7, 0xf5], '李'],
    ['KS X 1001', [0xc0, 0xcc], '이'],
  ] as const)
    assert.equal(family(message(charset, Uint8Array.from(bytes))), name, charset);
});

test('a message in UTF-16 is read, with or without a byte-order mark, whichever byte comes first', () => {
  const text = `${head('UNICODE UTF-16')}Šmíd^Anna\r`;
  const little = Buffer.from(text, 'utf16le');
  const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, marked, big, Buffer.from(marked).swap16()]) {
    const read = parseMessage(bytes);
    assert.equal(read.first('PID')!.value(5), 'Šmíd');
    assert.deepEqual(read.remarks, []);
  }
});

test('bytes that are not in the declared character set are read all the same, and that is told', () => {
  for (const charset of ['UNICODE UTF-8', 'UNICODE UTF-16']) {
    const read = parseMessage(message(charset, Uint8Array.from([0x5a, 0x6f, 0xeb])));
    assert.equal(read.first('PID')!.value(5), 'Zoë');
    assert.match(read.remarks[0]!.text, /not in the character set it declares/);
  }
});

test('a character set that nobody knows is refused with its place', () => {
  assert.throws(
    () => parseMessage(message('KLINGON', Uint8Array.from([0xeb]))),
    (error) => error instanceof Hl7Fault && error.refusal.place.field === 18 && error.refusal.ack === 'AR',
  );
  assert.equal(family(message('KLINGON', 'Ash')), 'Ash');
});
