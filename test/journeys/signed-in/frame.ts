import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { faults, standsAtWidths, tabTo, walks } from '../look.ts';
import { arriveAs, signInAs } from '../signing-in.ts';
import { readers, visit, words } from '../visit.ts';

const openPages = ['/sign-in', '/sign-in?to=/people', '/sign-in/out', '/sign-in/ended?to=/people'];
const ownPages = [
  '/',
  '/sign-in/role',
  '/sign-in/purpose',
  '/sign-in/out',
  '/place',
  '/keys',
  '/design',
  '/break-glass',
  '/nowhere',
];

walks('sign-in', 'sign-in/out', 'sign-in/ended', 'sign-in/role', 'sign-in/purpose');
walks('', 'place', 'keys', 'design', 'break-glass', '*');

/** A page without a fault on the narrowest screen, which says what it is. */
async function look(page: Page, base: string, address: string): Promise<void> {
  await page.goto(`${base}${address}`);
  await standsAtWidths(page, address, [320]);
  assert.equal(await page.locator('h1').count(), 1, address);
  assert.match(await page.title(), / – OpenICS$/, address);
}

/** What stands around every page: axe, keyboard, place, paper, script. */
export function describeFrame(browser: Browser, base: string): void {
  describe('The frame of the pages', () => {
    test('has no fault that axe finds, before and after signing in', async () => {
      const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 900 } });
      const page = await context.newPage();
      for (const address of openPages) await look(page, base, address);
      await signInAs(page, base, 'Tess Two');
      await page.getByRole('button', { name: 'Continue' }).click();
      assert.deepEqual(await faults(page), [], 'a form with a fault');
      await page.getByLabel('General Medical Practitioner').check();
      await page.getByRole('button', { name: 'Continue' }).click();
      for (const address of ownPages) await look(page, base, address);
      await page.evaluate('document.querySelector("dialog").showModal()');
      assert.deepEqual(await faults(page), [], 'the dialog');
      await context.close();
    });

    test('by keyboard alone somebody signs in, chooses a role and a place, and signs out', async () => {
      const { page, close } = await visit(browser, base);
      const follow = async (name: string) => {
        await tabTo(page, name);
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      };
      await page.goto(`${base}/sign-in`);
      await follow('Demonstration: choose who to be');
      await follow('Tess Two');
      await tabTo(page, 'General Medical Practitioner');
      await page.keyboard.press('Space');
      await follow('Continue');
      assert.equal(await words(page, 'h1'), 'Who do you want to see?');
      await follow('Change why you look');
      await tabTo(page, 'To care for somebody, as is usual for my role');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await follow('Continue');
      assert.match(await words(page, '.strip'), /Why: to protect somebody at risk/);
      await follow('Change the place');
      await follow('South Marram');
      assert.match(await words(page, '.strip'), /Looking at: South Marram/);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.waitForURL('**/keys');
      await follow('Switch these keys off');
      await page.keyboard.press('?');
      await page.waitForTimeout(200);
      assert.match(await words(page, 'main'), /They are switched off/);
      await follow('Sign out');
      assert.equal(await words(page, 'h1'), 'You are signed out');
      await close();
    });

    test('the place chosen is kept, and pages about people in general begin there', async () => {
      for (const reader of readers) {
        const { page, close } = await visit(browser, base, reader);
        await arriveAs(page, base, 'Nora Nurse', '/system');
        await page.getByRole('link', { name: 'Change the place' }).click();
        await page.getByRole('link', { name: /Choose among 3 parts of South Marram/ }).click();
        await page.getByRole('button', { name: 'Saltings' }).click();
        assert.equal(await words(page, 'h1'), 'Saltings');
        assert.match(await words(page, '.strip'), /Looking at: Saltings/);
        await page.getByRole('link', { name: 'Change the place' }).click();
        await page.getByRole('button', { name: 'The whole system' }).click();
        assert.equal(await words(page, 'h1'), 'Marram Coast');
        await close();
      }
    });

    test('on paper stands who printed it and when, and no way on', async () => {
      const { page, close } = await visit(browser, base);
      await arriveAs(page, base, 'Nora Nurse', '/keys');
      await page.emulateMedia({ media: 'print' });
      assert.match(
        await words(page, '.on-paper'),
        /^Printed by Nora Nurse, Nurse, Marram Hospitals NHS Trust, \d+ \w+ \d{4}, \d+:\d\d[ap]m\./,
      );
      for (const part of [
        '.nhsuk-header__navigation',
        '.nhsuk-header__account',
        '.strip',
        '.nhsuk-skip-link',
      ])
        assert.equal(await page.locator(part).isVisible(), false, part);
      await close();
    });

    test('runs one small script of its own and nothing that stands in a page', async () => {
      const { page, close } = await visit(browser, base);
      await arriveAs(page, base, 'Nora Nurse', '/keys');
      const answer = await page.goto(`${base}/keys`);
      const policy = answer?.headers()['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self'; connect-src 'self'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(answer?.headers()['cache-control'], 'no-store');
      const html = (await answer?.text()) ?? '';
      assert.doesNotMatch(html, /\son[a-z]+="|style="/);
      const scripts = [...html.matchAll(/<script[^>]*src="([^"]+)"[^>]*>/g)].map(([, src]) => src);
      assert.equal(scripts.length, html.split('<script').length - 1);
      let weight = 0;
      for (const src of scripts) weight += gzipSync(await (await fetch(`${base}${src}`)).bytes()).length;
      assert.ok(weight > 0 && weight < 4_000, `scripts weigh ${weight}`);
      await close();
    });
  });
}
