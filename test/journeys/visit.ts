/** What the journeys do on a page, in their own words. */
import type { Browser, Page } from 'playwright-core';

/** The two ways a reader may come: with and without script. */
export const readers = [
  { name: 'with script', javaScriptEnabled: true },
  { name: 'with script off', javaScriptEnabled: false },
];

export type Reader = (typeof readers)[number];

export type Visit = { page: Page; outside: string[]; close(): Promise<void> };

/** Opens a page for a reader. `outside` fills with every address asked that is not the server's own. */
export async function visit(
  browser: Browser,
  base: string,
  reader: Reader = readers[0] as Reader,
  width = 1280,
): Promise<Visit> {
  const context = await browser.newContext({
    javaScriptEnabled: reader.javaScriptEnabled,
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:')) outside.push(url);
  });
  return { page, outside, close: () => context.close() };
}

/** Fills the search form and sends it. */
export async function search(
  page: Page,
  typed: { name?: string; born?: string; nhsNumber?: string },
): Promise<void> {
  await page.getByLabel('Name').fill(typed.name ?? '');
  await page.getByLabel('Date of birth').fill(typed.born ?? '');
  await page.getByLabel('NHS number').fill(typed.nhsNumber ?? '');
  await page.getByRole('button', { name: 'Find' }).click();
}

/** The words of a part of the page, with single spaces. */
export async function words(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, ' ').trim();
}
