import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { arriveAs, signInAs } from '../signing-in.ts';
import { readers, visit, words } from '../visit.ts';

/** How people come in, say as what, and go again. */
export function describeSigningIn(browser: Browser, base: string): void {
  for (const reader of readers) {
    describe(`Signing in, ${reader.name}`, () => {
      test('the page asks one question, says that it is a demonstration, and leads to the provider', async () => {
        const { page, close } = await visit(browser, base, reader);
        await page.goto(`${base}/sign-in`);
        assert.equal(await words(page, 'h1'), 'How do you want to sign in?');
        assert.match(await words(page, 'main'), /this is a demonstration.*made up/i);
        await signInAs(page, base, 'Nora Nurse', '/keys');
        assert.equal(new URL(page.url()).pathname, '/keys');
        assert.match(await words(page, 'header'), /Nora Nurse Nurse, Marram Hospitals NHS Trust.*Sign out/);
        await close();
      });

      test('somebody with two jobs picks one, sees it on each page, and changes it', async () => {
        const { page, close } = await visit(browser, base, reader);
        await signInAs(page, base, 'Tess Two', '/keys');
        assert.equal(await words(page, 'h1'), 'Which role are you in now?');
        await page.goto(`${base}/system`);
        assert.equal(await words(page, 'h1'), 'Which role are you in now?', 'nothing else can be done first');
        await page.getByRole('button', { name: 'Continue' }).click();
        assert.match(await words(page, '.nhsuk-error-summary'), /Choose the role you are in now/);
        await page.getByLabel('General Medical Practitioner').check();
        await page.getByRole('button', { name: 'Continue' }).click();
        assert.equal(new URL(page.url()).pathname, '/system');
        assert.match(await words(page, 'header'), /General Medical Practitioner, Warren Practice/);
        await page.getByRole('link', { name: 'Change role' }).click();
        await page.getByLabel('Analyst').check();
        await page.getByRole('button', { name: 'Continue' }).click();
        assert.equal(new URL(page.url()).pathname, '/system');
        assert.match(await words(page, 'header'), /Analyst, Marram Hospitals NHS Trust/);
        await close();
      });
    });
  }

  describe('Signing out', () => {
    test('signing out everywhere ends the visit in another browser too, and going back shows nothing', async () => {
      const one = await visit(browser, base);
      const other = await visit(browser, base);
      await signInAs(one.page, base, 'Nora Nurse', '/system');
      await arriveAs(other.page, base, 'Nora Nurse', '/system');
      await one.page.getByRole('link', { name: 'Your visits and apps' }).click();
      assert.match(await words(one.page, 'main'), /You are signed in \d+ times.*Chrome on Linux/);
      await one.page.getByRole('button', { name: 'Sign out everywhere' }).click();
      assert.equal(await words(one.page, 'h1'), 'You are signed out');
      await one.page.goBack();
      assert.doesNotMatch(await words(one.page, 'body'), /Nora/);
      await other.page.reload();
      assert.doesNotMatch(await words(other.page, 'body'), /Nora/);
      await one.close();
      await other.close();
    });
  });
}
