/** Looks at pages as axe and a narrow screen do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The narrowest screen that WCAG 2.2 asks for (1.4.10), and a usual one. */
export const widths = [320, 1280] as const;

/** What axe finds wrong on the page as it stands, as short texts. The policy of pages must be lifted for it (`bypassCSP`). */
export async function faults(page: Page): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
  const result = (await page.evaluate(
    'axe.run({ resultTypes: ["violations"], elementRef: false, preload: false })',
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return result.violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ''}`);
}

const looked: string[] = [];

/** Whether an address is of a route, such as `people/:personId`. */
const isOf = (route: string, address: string): boolean =>
  new RegExp(`^/${route.replaceAll(/:[a-zA-Z]+/g, '[^/]+').replace('*', '.+')}$`).test(address);

/**
 * Says which routes of `web/routes.ts` the tests of a file look at with `standsAtWidths`, and proves it at their end.
 * `every-page.test.ts` reads what is said here, and finds a route at which nobody looks.
 */
export function walks(...routes: string[]): void {
  after(() => {
    if (looked.length === 0) return;
    for (const route of routes)
      assert.ok(
        looked.some((address) => isOf(route, address)),
        `/${route}`,
      );
  });
}

/** The page as it stands has no fault that axe finds and does not scroll sideways, at each width. It is loaded once. */
export async function standsAtWidths(
  page: Page,
  name: string,
  wide: readonly number[] = widths,
): Promise<void> {
  looked.push(new URL(page.url()).pathname);
  for (const width of wide) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await faults(page), [], `${name} at ${width} pixels`);
    const needed = Number(await page.evaluate('document.documentElement.scrollWidth'));
    assert.ok(needed <= width, `${name} is ${needed} pixels wide on a screen of ${width}`);
  }
}

/** Presses Tab until the focus stands on what begins with these words: a link, a button, the field of a label, or a summary. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab');
    const said = String(
      await page.evaluate(
        '(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent ?? ""',
      ),
    );
    if (said.trim().startsWith(name)) return;
  }
  assert.fail(`Tab never reached ${name} on ${new URL(page.url()).pathname}`);
}
