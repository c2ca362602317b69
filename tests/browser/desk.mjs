// A browser and somebody at the desk. BASE_URL names a running program; without it the mock answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startMock } from './mock/server.mjs';

export const real = process.env.BASE_URL ?? null;
export const person = { name: process.env.ZIFA_NAME ?? 'lin', password: process.env.ZIFA_PASSWORD ?? 'correct horse' };
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars'];

export async function openDesk({ width = 1366, height = 768, language = 'en', mock: options = {}, touch = false } = {}) {
  const mock = real ? null : await startMock(options);
  const folder = mkdtempSync(join(tmpdir(), 'zifa-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags, headless: true, viewport: { width, height }, locale: language, timezoneId: 'Asia/Shanghai', hasTouch: touch, deviceScaleFactor: 1,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  // Generous: a busy machine is slow, not wrong.
  context.setDefaultTimeout(30_000);
  const problems = [];
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports every answer of 4xx; those are the program's refusals and are looked at by the tests.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(`console: ${message.text()}`);
  });
  const url = real ?? mock.url;
  // There is no printer here: the document is fetched, so that it counts as printed, and a blank page stands in for it.
  const printed = [];
  await context.route('**/api/prints/*/file', async (route) => {
    const response = await route.fetch();
    const bytes = await response.body();
    printed.push({ url: route.request().url(), type: response.headers()['content-type'], start: bytes.subarray(0, 5).toString('latin1') });
    await route.fulfill({ status: response.status(), contentType: 'text/html', body: '<title>printed</title>' });
  });
  await context.addInitScript(() => {
    window.print = () => {};
  });
  return {
    page, mock, problems, url, context, printed,
    async signIn(lang = language) {
      await page.goto(`${url}/?lang=${lang}`);
      await page.locator('#name').fill(person.name);
      await page.locator('#password').fill(person.password);
      await page.locator('form button.main').click();
      await page.locator('nav.side').waitFor({ state: 'attached' });
      // The switch keeps the language for this user, so that plain addresses speak it too.
      const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/session'));
      await page.locator(`header [lang="${lang}"]`).dispatchEvent('click');
      await kept;
      await page.waitForFunction((want) => document.documentElement.lang === want, lang);
    },
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
      await mock?.close();
    },
  };
}
