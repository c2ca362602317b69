import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { openDesk } from './desk.mjs';
import { words } from './words.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const paths = ['/', '/orders', '/print', '/print?tab=handovers', '/print?tab=files', '/pack', '/tracking', '/health', '/jobs', '/listings', '/listings?tab=products', '/listings?tab=stock', '/setup', '/setup?tab=cartons', '/setup?tab=services', '/setup?tab=rate_cards', '/accounts', '/users', '/settings'];

for (const language of ['en', 'zh-CN']) {
  describe(`every screen in ${language}`, () => {
    let desk;
    let known;
    before(async () => {
      desk = await openDesk({ language });
      known = await words(language);
      await desk.signIn(language);
    });
    after(() => desk.close());
    const open = async (path) => {
      await desk.page.goto(desk.url + path);
      await desk.page.locator('h1').first().waitFor();
      await desk.page.waitForTimeout(350);
    };

    for (const path of paths) {
      test(`${path} can be used without seeing, speaks one language and fits the window`, async () => {
        const { page } = desk;
        await open(path);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`));
        assert.deepEqual(found, []);
        const text = await page.locator('body').innerText();
        const keys = Object.keys(known).filter((key) => key.length > 8 && text.includes(key));
        assert.deepEqual(keys, [], 'a word has no translation');
        for (const [width, height] of [[1366, 768], [1920, 1080]]) {
          await page.setViewportSize({ width, height });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${over} px too wide at ${width}`);
        }
        await page.setViewportSize({ width: 1366, height: 768 });
      });
    }

    test('one order can be used without seeing', async () => {
      await open('/orders');
      await desk.page.locator('[role=row][data-id] a').first().click();
      await desk.page.locator('h1.number').waitFor();
      await desk.page.evaluate(axe);
      const found = await desk.page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`));
      assert.deepEqual(found, []);
    });

    test('the pack station fits a phone', async () => {
      await desk.page.setViewportSize({ width: 390, height: 844 });
      await open('/pack');
      const over = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      await desk.page.setViewportSize({ width: 1366, height: 768 });
    });

    test('nothing went wrong unseen', () => assert.deepEqual(desk.problems, []));
  });
}
