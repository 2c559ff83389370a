import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { standsAtWidths, walks } from './look.ts';
import { serveWithServices } from './served.ts';
import { readers, visit, words, type Visit } from './visit.ts';

const { base, services } = await serveWithServices();
const browser = await openBrowser();

/** Two entries, of which one says a gender that does not exist. */
const sent = [
  { resourceType: 'Patient', id: 'good', gender: 'female', name: [{ family: 'Good' }] },
  { resourceType: 'Patient', id: 'bad', gender: 'banana', name: [{ family: 'Bad' }] },
];

const unwatched = { found: () => {}, bytes: () => {}, stored: () => {}, note: () => {} };

async function importFile(name: string): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-mend-'));
  const lines = sent.map((resource) => JSON.stringify({ ...resource, id: `${resource.id}-${name}` }));
  await writeFile(path.join(folder, `${name}.ndjson`), lines.join('\n'));
  await services.importer.run({
    paths: [folder],
    source: 'urn:example:feed',
    agent: 'test',
    progress: unwatched,
  });
  await rm(folder, { recursive: true });
}

for (const reader of readers) {
  describe(`Mending an entry in quarantine, ${reader.name}`, () => {
    let open: Visit;
    const name = reader.javaScriptEnabled ? 'with' : 'without';

    before(async () => {
      await importFile(name);
      open = await visit(browser, base, reader);
    });
    after(() => open.close());

    test('what arrived is shown, with how much waits', async () => {
      const { page } = open;
      await page.goto(`${base}/imports`);
      assert.match(await words(page, 'main'), /1 entry waits in quarantine/);
      assert.match(await words(page, 'tbody tr'), /urn:example:feed .* Finished .* 1 0 1/);
    });

    test('an entry says why it waits and where it was, is refused while wrong, and stored when mended', async () => {
      const { page } = open;
      await page.goto(`${base}/imports/quarantine`);
      await page.getByRole('link', { name: `Patient bad-${name}` }).click();
      const item = await words(page, 'main');
      assert.match(item, /Patient\.gender/);
      assert.match(item, new RegExp(`${name}\\.ndjson, line 2`));

      await page.getByLabel('Mend the text').fill('{"resourceType":"Patient","gender":"apple"}');
      await page.getByRole('button', { name: 'Save and try again' }).click();
      assert.match(await words(page, '[role=alert]'), /It still cannot be stored/);

      const mended = { ...sent[1], id: `bad-${name}`, gender: 'male' };
      await page.getByLabel('Mend the text').fill(JSON.stringify(mended));
      await page.getByRole('button', { name: 'Save and try again' }).click();
      assert.match(await words(page, 'main dl'), /State Stored after all/);
      const stored = await services.store.read('Patient', `bad-${name}`);
      assert.match(stored?.content ?? '', /"gender":"male"/);
    });
  });
}

describe('The page of an entry in quarantine', () => {
  walks('imports/quarantine/:itemId');

  test('has no fault that axe finds, and does not scroll sideways', async () => {
    await importFile('looked-at');
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${base}/imports/quarantine`);
    await page.getByRole('link', { name: 'Patient bad-looked-at' }).click();
    await standsAtWidths(page, 'an entry that waits');
    await context.close();
  });
});
