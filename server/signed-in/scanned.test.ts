import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { searchEvents } from '../audit/index.ts';
import { eicar, smallClamd } from '../platform/scanning/clamd.fixture.ts';
import { serveSignedIn } from './served.fixture.ts';

const clamd = await smallClamd();
const { base, services, log, as, ada, registerAda } = await serveSignedIn(
  { after },
  { by: 'scanner', place: clamd.place, patienceMs: 500 },
);
after(() => clamd.stop());
await registerAda();
const gp = await as('gp');

const attachment = (content: Buffer) => ({
  attachment: { contentType: 'text/plain', title: 'Letter', data: content.toString('base64') },
});
const letter = {
  resourceType: 'DocumentReference',
  id: 'letter',
  status: 'current',
  subject: { reference: 'Patient/ada' },
  date: '2026-02-01T09:00:00Z',
  content: [attachment(eicar), attachment(Buffer.from('All is well, said the doctor.'))],
};
await services.store.write([{ kind: 'put', type: letter.resourceType, id: letter.id, resource: letter }], {
  source: 'urn:openics:source:ZZ0001',
  channel: 'import',
  agent: 'test',
});

const fileAt = (index: number): string =>
  `/api/people/${ada.person}/attachments/DocumentReference/letter/${index}`;
const pageAt = (index: number): string => `/people/${ada.person}/documents/DocumentReference/letter/${index}`;

test('a malicious attachment that was imported is not given out, and the one beside it is', async () => {
  const refused = await gp.getOnly(fileAt(0));
  assert.equal(refused.status, 403);
  const text = await refused.text();
  assert.match(text, /A virus scanner found something harmful in this file/);
  assert.ok(!text.includes(eicar.toString()));
  const given = await gp.getOnly(fileAt(1));
  assert.equal(given.status, 200);
  assert.equal(await given.text(), 'All is well, said the doctor.');
});

test('the page says so in plain words, and what was sent is shown without the content', async () => {
  const page = await gp.getOnly(pageAt(0));
  assert.equal(page.status, 403);
  assert.match(await page.text(), /A virus scanner found something harmful in this file/);
  const asSent = await gp.getOnly(`/api/people/${ada.person}/statements/DocumentReference/letter`);
  const text = await asSent.text();
  assert.ok(!text.includes(eicar.toString('base64')));
  assert.match(text, /masked/);
});

test('a browser that opens the file by its link gets a page with the same words', async () => {
  const answer = await fetch(new URL(fileAt(0), base), {
    headers: { cookie: gp.cookiesAt('/api'), accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  });
  assert.equal(answer.status, 403);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  const text = await answer.text();
  assert.match(text, /<h1>This file is not given out<\/h1><p>A virus scanner found something harmful/);
  assert.ok(!text.includes(eicar.toString()));
});

test('a file in a message passes the same door', async () => {
  const { fate } = await services.feeds.take(
    Buffer.from(
      [
        'MSH|^~\\&|EPR|ZZ0001|ICS|ICS|20260201090000||MDM^T02|M1|P|2.5',
        'PID|1||A1^^^ZZ0001^MR~9990000018^^^NHS^NH||Okafor^Ada||19500301|F',
        'TXA|1|DS|AP|20260105||||||||D1|||||AU',
        `OBX|1|ED|1||EPR^AP^PDF^Base64^${eicar.toString('base64')}||||||F`,
      ].join('\r'),
    ),
  );
  assert.equal(fate.state, 'stored');
  const text = await (await gp.getOnly('/fhir/DocumentReference?identifier=D1')).text();
  assert.match(text, /"contentType":"application\/pdf","title":"1","_data":\{"extension"/);
  assert.ok(!text.includes(eicar.toString('base64')));
});

test('what the scanner found is in the audit log, once, with its hash', async () => {
  for (let tries = 0; ; tries++) {
    await log.placeAll();
    const found = await searchEvents(services.db, { user: 'openics:scanner', limit: 10 });
    if (found.length === 0 && tries < 50) {
      await pause(100);
      continue;
    }
    assert.equal(found.length, 1);
    assert.partialDeepStrictEqual(found[0]!.event, {
      outcome: 'refused',
      rule: 'files/malicious',
      resource: 'files',
    });
    assert.match(found[0]!.opened!.text, /sha256:[0-9a-f]{64} Eicar-Test-Signature/);
    return;
  }
});

test('while the scanner is away, a file that was seen is given and one that was not is refused with a way out', async () => {
  await clamd.stop();
  assert.equal((await gp.getOnly(fileAt(1))).status, 200);
  const unseen = { ...letter, id: 'unseen', content: [attachment(Buffer.from('Not seen by any scanner.'))] };
  await services.store.write([{ kind: 'put', type: unseen.resourceType, id: unseen.id, resource: unseen }], {
    source: 'urn:openics:source:ZZ0001',
    channel: 'import',
    agent: 'test',
  });
  const answer = await gp.getOnly(fileAt(0).replace('/letter/', '/unseen/'));
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /Try again in a minute/);
});
