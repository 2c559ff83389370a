/** Takes the pictures of the README from the made-up people: `node test/journeys/pictures.ts`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openBrowser } from '../support/browser.ts';
import { serve } from './served.ts';
import { search } from './visit.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/pictures');
mkdirSync(folder, { recursive: true });

const closing: (() => Promise<void>)[] = [];
const scope = { after: (work: () => Promise<void>) => void closing.unshift(work) };

const base = await serve(scope);
const browser = await openBrowser(scope);
const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
const take = (name: string, height: number) =>
  page.screenshot({
    path: path.join(folder, `${name}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width: 1180, height },
  });

await page.goto(`${base}/people`);
await search(page, { nhsNumber: '999 000 0018' });
await page.getByRole('link', { name: 'Ada Grace Okafor' }).click();
const record = page.url();
await page.locator('section[aria-labelledby=problems] summary').last().click();
await take('record', 1180);
await page.goto(`${record}/results/loinc-59261-8`);
await take('result', 800);
await page.goto(`${record}/timeline`);
await take('timeline', 760);

for (const close of closing) await close();
