import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { arriveAs } from '../signing-in.ts';
import { readers, visit, words, type Visit } from '../visit.ts';

const minute = 60_000;

/** What ends a visit, and what is then on the screen. `passOnServer` moves the server's clock on; the browser's goes with it. */
export function describeVisitEnds(browser: Browser, base: string, passOnServer: (ms: number) => void): void {
  async function pass({ page }: Visit, ms: number): Promise<void> {
    passOnServer(ms);
    await page.clock.fastForward(ms);
  }

  async function signedIn(): Promise<Visit> {
    const open = await visit(browser, base);
    await open.page.clock.install();
    await arriveAs(open.page, base, 'Nora Nurse', '/keys');
    return open;
  }

  describe('When a visit ends', () => {
    test('two minutes before, a dialog says so and takes the focus; staying gives twenty minutes more', async () => {
      const open = await signedIn();
      const { page } = open;
      await pass(open, 17.5 * minute);
      assert.equal(await page.locator('dialog').isVisible(), false);
      await pass(open, 0.6 * minute);
      assert.match(await words(page, 'dialog'), /You will be signed out soon.* in 2 minutes\./);
      assert.equal(await page.locator(':focus').innerText(), 'Stay signed in');
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor({ state: 'hidden' });
      await pass(open, 17 * minute);
      assert.equal(await page.locator('dialog').isVisible(), false);
      await open.close();
    });

    test('the page then goes away, says what happened, and leads back after signing in again', async () => {
      const open = await signedIn();
      const { page } = open;
      await pass(open, 21 * minute);
      await page.waitForURL('**/sign-in/ended?to=%2Fkeys');
      assert.match(await words(page, 'main'), /closed to keep the record safe.*not sent is lost/);
      assert.doesNotMatch(await words(page, 'body'), /Nora/);
      await page.getByRole('link', { name: 'Go back to where you were' }).click();
      assert.doesNotMatch(await words(page, 'body'), /Nora/);
      await open.close();
    });

    test('a page in another tab stays as long as somebody works in this one', async () => {
      const open = await signedIn();
      const idle = await open.page.context().newPage();
      await idle.goto(`${base}/keys`);
      await pass(open, 15 * minute);
      await open.page.reload();
      await idle.waitForTimeout(100);
      await pass(open, 4 * minute);
      assert.equal(await idle.locator('dialog').isVisible(), false);
      await open.page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
      await idle.waitForURL('**/sign-in/ended**');
      await open.close();
    });

    test('after 13 hours nothing gives more time, and the dialog says so', async () => {
      const open = await signedIn();
      const { page } = open;
      for (let passed = 0; passed < 13 * 60 - 15; passed += 15) {
        passOnServer(15 * minute);
        await page.request.get(`${base}/api/session`);
      }
      await page.reload();
      await pass(open, 13.5 * minute);
      await page.getByRole('button', { name: 'Stay signed in' }).click();
      await page.getByText('as long as one visit may last').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Stay signed in' }).isVisible(), false);
      await open.close();
    });

    test('without script the page says when it closes, and goes away by itself', async () => {
      const open = await visit(browser, base, readers[1]);
      await arriveAs(open.page, base, 'Nora Nurse', '/keys');
      assert.match(await words(open.page, 'header'), /This page closes at \d+:\d\d[ap]m/);
      const refresh = await open.page.locator('meta[http-equiv=refresh]').getAttribute('content');
      assert.match(refresh ?? '', /^1[12]\d\d; url=\/sign-in\/ended\?to=%2Fkeys$/);
      await open.close();
    });
  });
}
