import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eicar, smallClamd } from '../../platform/scanning/clamd.fixture.ts';
import { createFileDoor } from '../../platform/scanning/index.ts';
import { unzipped } from '../unzip.fixture.ts';
import { buildCopy } from './build.ts';
import type { Entry, Gathered } from './gather.ts';
import { thatMayLeave } from './leaving.ts';

const clamd = await smallClamd();
after(() => clamd.stop());
const files = createFileDoor({ by: 'scanner', place: clamd.place }, () => new Date(), {
  onFound: async () => undefined,
  onSilent: () => undefined,
});
const bad = eicar.toString('base64');
const good = Buffer.from('Dear Ada').toString('base64');
const resource = {
  resourceType: 'DocumentReference',
  id: 'letters',
  content: [bad, good].map((data) => ({ attachment: { contentType: 'text/plain', data } })),
};

test('a copy holds no malicious file, says how many were kept back, and leaves the record as it is', async () => {
  const entry = { entry: {}, resource } as unknown as Entry;
  const gathered: Gathered = {
    parts: {
      record: [{ resource }],
      'earlier-versions': [{ resource }],
      identity: [],
      choices: [],
      'who-looked': [],
      asked: [],
    },
    record: [entry],
    leftOut: [],
    notLookedAt: 0,
    filesKeptBack: 0,
  };
  const { bytes } = buildCopy(await thatMayLeave(gathered, files), { made: new Date(0), person: 'ada' });
  const inside = await unzipped(bytes);
  for (const [name, data] of inside) assert.ok(!data.includes(bad) && !data.includes(eicar), name);
  const attached = [...inside.keys()].filter((name) => name.startsWith('files/'));
  assert.deepEqual(
    attached.map((name) => inside.get(name)!.toString()),
    ['Dear Ada'],
  );
  assert.match(inside.get('index.html')!.toString(), /2 files are not in it: a virus scanner/);
  assert.equal(resource.content[0]!.attachment.data, bad);
});
