import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { array, assert as check, integer, property, stringMatching } from 'fast-check';
import { database } from '../../../test/support/database.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { createServices } from '../../services.ts';
import { framed, FrameReader, MllpClient, openMllp } from './index.ts';

const texts = (frames: { kind: string; bytes: Buffer }[]): string[] =>
  frames.map(({ kind, bytes }) => `${kind}: ${bytes.toString()}`);

describe('Bytes are cut into messages', () => {
  test('however they are broken into pieces', () => {
    check(
      property(
        array(stringMatching(/^[A-Z|^\r]{1,40}$/), { minLength: 1, maxLength: 5 }),
        array(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        (messages, sizes) => {
          const bytes = Buffer.concat(messages.map((each) => framed(Buffer.from(each))));
          const reader = new FrameReader(1000);
          const frames: string[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length]!;
            frames.push(...texts(reader.push(bytes.subarray(at, at + size))));
            at += size;
          }
          assert.deepEqual(
            frames,
            messages.map((each) => `message: ${each}`),
          );
        },
      ),
    );
  });

  test('what stands between messages is passed over, and a message that starts anew is taken from there', () => {
    const reader = new FrameReader(1000);
    const bytes = Buffer.from('rubbish\r\n\x0bMSH|cut off\x0bMSH|whole\x1c\r\r\n\x0bMSH|next\x1c');
    assert.deepEqual(texts(reader.push(bytes)), ['message: MSH|whole', 'message: MSH|next']);
    assert.equal(reader.isInside, false);
  });

  test('a message without a start, and one that is too long, are told', () => {
    const reader = new FrameReader(10);
    assert.deepEqual(texts(reader.push(Buffer.from('MSH|x\x1c\r'))), ['no-start: MSH|x']);
    assert.deepEqual(texts(reader.push(Buffer.from('\x0bMSH|0123456789'))), ['too-long: MSH|0123456789']);
    assert.deepEqual(texts(reader.push(Buffer.from('more\x1c\r\x0bMSH|ok\x1c\r'))), ['message: MSH|ok']);
  });
});

type Case = { case: string; packets_hex: string[]; expected_acks: string[] };
const cases = sharedData('interop/mllp-framing');

describe('MLLP over a real socket', { skip: cases.skip }, async () => {
  const files = cases.skip === false ? readdirSync(cases.path).filter((name) => name.endsWith('.json')) : [];
  for (const file of files) {
    const wanted = JSON.parse(readFileSync(path.join(cases.path, file), 'utf8')) as Case;
    test(`${wanted.case} is answered with ${wanted.expected_acks.join(', ') || 'nothing'}`, async (t) => {
      const services = await createServices(await database(t));
      t.after(() => services.validator.stop());
      const server = await openMllp({ port: 0, receiver: services.feeds, admit: async () => true });
      const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
      let answered = '';
      socket.on('data', (chunk: Buffer) => (answered += chunk.toString()));
      for (const packet of wanted.packets_hex) {
        socket.write(Buffer.from(packet, 'hex'));
        await pause(20);
      }
      socket.end();
      await new Promise((resolve) => socket.on('close', resolve));
      await server.stop();
      const codes = [...answered.matchAll(/\rMSA\|([A-Z]{2})\|C1/g)].map(([, code]) => code);
      assert.equal(codes.length, wanted.expected_acks.length, answered);
      for (const [index, expected] of wanted.expected_acks.entries())
        assert.ok(expected.includes(codes[index]!), answered);
      const kept = await services.db.query<{ state: string; remarks: string | null }>(
        'select state, remarks from feeds.message',
      );
      assert.equal(kept.length, wanted.expected_acks.length === 0 ? 0 : 1);
      if (wanted.expected_acks[0] === 'AA-flagged') assert.match(kept[0]!.remarks ?? '', /NHS number/);
    });
  }
});

test('a machine that may not send is let go', async () => {
  const receiver = { receive: async () => '', refuse: () => '' };
  const server = await openMllp({ port: 0, receiver, admit: async () => false });
  after(() => server.stop());
  const client = await MllpClient.open(server.port);
  await assert.rejects(client.send(Buffer.from('MSH|')), /closed/);
});
