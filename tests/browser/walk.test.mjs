// The whole way of an order through the screens, in both languages: import, review, allocate, label, pack, hand over,
// confirm. Runs against the mock, or with BASE_URL (and ZIFA_NAME, ZIFA_PASSWORD) against the program itself.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDesk, real } from './desk.mjs';
import { words as en } from './words.mjs';

const known = { en: await en('en'), 'zh-CN': await en('zh-CN') };

describe('from the file to the confirmation', () => {
  for (const language of ['en', 'zh-CN']) {
    test(`an order goes the whole way in ${language}`, { timeout: 120_000 }, async () => {
      const desk = await openDesk({ language });
      const { page } = desk;
      const t = known[language];
      try {
        await desk.signIn(language);
        const ask = (path) => page.evaluate(async (address) => (await fetch(`/api${address}`)).json(), path);
        const list = (answer) => (Array.isArray(answer) ? answer : answer.items);
        const product = list(await ask('/products')).find((one) => one.available > 5 && one.size && one.cargo === 'general');
        assert.ok(product, 'the shop has no product in stock');
        // Every step is done by hand: what the desk would do by itself is switched off.
        await page.evaluate(async () => {
          const { csrf } = await (await fetch('/api/session')).json();
          const answer = await fetch('/api/settings', { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify({ auto_review: false, auto_plan: false, auto_label: false }) });
          if (!answer.ok) throw new Error(await answer.text());
        });
        const accounts = list(await ask('/accounts'));
        const account = accounts.find((one) => one.marketplaces.some((place) => place.country === 'US')) ?? accounts[0];
        const tail = String(Date.now()).slice(-7);
        // Amazon must know the orders it is to be told about: the program's sandbox is asked for two, of which the demo's people take one.
        const bought = [];
        if (real) {
          const place = account.marketplaces.find((one) => one.country === 'US').id;
          const answer = await fetch(`${account.endpoint}/_sandbox/orders`, { method: 'POST', body: JSON.stringify({ count: 2, marketplace: place, lines: [{ sku: product.sku, quantity: 1 }] }) });
          for (const one of (await answer.json()).orders) bought.push(one);
        } else {
          bought.push({ order_id: `113-${tail}-${language === 'en' ? '1000001' : '1000002'}`, lines: [{ order_item_id: `5${tail}` }] });
        }
        const due = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 19) + 'Z';
        const head = ['order-id', 'order-item-id', 'purchase-date', 'payments-date', 'buyer-email', 'buyer-name', 'buyer-phone-number', 'sku', 'product-name', 'quantity-purchased', 'currency', 'item-price', 'item-tax', 'shipping-price', 'shipping-tax', 'ship-service-level', 'recipient-name', 'ship-address-1', 'ship-address-2', 'ship-address-3', 'ship-city', 'ship-state', 'ship-postal-code', 'ship-country', 'latest-ship-date', 'latest-delivery-date', 'sales-channel'];
        const now = new Date().toISOString().slice(0, 19) + 'Z';
        const rows = bought.map((one) => [one.order_id, one.lines[0].order_item_id, now, now, 'b@marketplace.amazon.com', 'Grace Kim', '+1 555 0100', product.sku, product.title, '1', 'USD', '15.99', '0.00', '0.00', '0.00', 'Standard', 'Grace Kim', '1420 Maple Ave', '', '', 'Austin', 'TX', '78704', 'US', one.ship_by ?? due, one.deliver_by ?? new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 19) + 'Z', 'Amazon.com']);
        const text = [head, ...rows].map((cells) => cells.join('\t') + '\n').join('');

        // Import: looked at first, then taken.
        await page.goto(`${desk.url}/orders`);
        await page.getByRole('button', { name: t['orders.import'], exact: true }).click();
        const dialog = page.getByRole('dialog');
        await page.waitForTimeout(400);
        if (await dialog.locator('#i-account').count()) {
          await dialog.locator('#i-account').selectOption(account.id);
        }
        await dialog.locator('input[type=file]').setInputFiles({ name: 'orders.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
        await dialog.locator('.numbers').waitFor();
        const numbers = await dialog.locator('.numbers b').allInnerTexts();
        assert.deepEqual([numbers[0], numbers[4]], [String(bought.length), '0'], numbers.join(' '));
        // Amazon's own word may have come before the file's: then the file has nothing new.
        const takes = dialog.locator('footer button.main');
        if (await takes.isEnabled()) {
          await takes.click();
          await dialog.getByText(t['import.done']).waitFor();
        } else {
          assert.ok(real && numbers[3] === String(bought.length), numbers.join(' '));
        }
        await dialog.locator('footer button').first().click();

        // The demo's own people take every order with an odd number of ours; the other is left to us. Two orders come one after the other.
        let id = bought[0].order_id;
        for (const one of real ? bought : []) if (Number(list(await ask(`/orders?q=${one.order_id}`))[0].id) % 2 === 0) id = one.order_id;
        const order = async () => list(await ask(`/orders?q=${id}`))[0];
        const find = async () => {
          await page.goto(`${desk.url}/orders?q=${id}`);
          await page.locator('[role=row][data-id]').waitFor();
        };
        // Whatever the settings do by themselves is waited for; the rest is done by hand.
        const step = async (from, word) => {
          for (let n = 0; n < 20 && (await order()).state !== from; n++) {
            const { state } = await order();
            const way = ['to_review', 'to_plan', 'to_label', 'to_print', 'to_pack', 'to_ship', 'shipped'];
            if (way.indexOf(state) > way.indexOf(from)) return;
            await page.waitForTimeout(250);
          }
          if ((await order()).state !== from) return;
          await find();
          await page.locator('[role=row][data-id] .tick label').click();
          await page.getByRole('toolbar').getByRole('button', { name: word, exact: true }).click();
          const results = page.getByRole('dialog');
          await results.locator('tbody tr').waitFor();
          assert.match(await results.locator('tbody tr').innerText(), new RegExp(t['batch.row_ok']), await results.innerText());
          await results.locator('footer button.main').click();
        };
        await step('to_review', t['act.review']);
        await step('to_plan', t['act.plan']);
        await step('to_label', t['act.buy_label']);

        // Print.
        await find();
        await page.locator('[role=row][data-id] .tick label').click();
        await page.getByRole('toolbar').getByRole('button', { name: t['act.print'], exact: true }).click();
        await page.getByRole('dialog').locator('footer button.main').click();
        await page.getByRole('dialog').locator('.strip.green').waitFor();
        await page.waitForTimeout(500);

        // Pack, by scanner only.
        const detail = await ask(`/orders/${(await order()).id}`);
        const parcel = detail.parcels[0];
        assert.ok(parcel.label.tracking_number);
        await page.goto(`${desk.url}/pack`);
        await page.locator('.band', { hasText: t['pack.ready'] }).waitFor();
        await page.waitForTimeout(200);
        await page.keyboard.type(parcel.label.tracking_number);
        await page.keyboard.press('Enter');
        await page.locator('.no', { hasText: parcel.parcel_no }).waitFor();
        await page.keyboard.type(parcel.items[0].barcode || parcel.items[0].sku);
        await page.keyboard.press('Enter');
        await page.locator('.band', { hasText: t['pack.complete'] }).waitFor();
        await page.keyboard.type(String(parcel.est_weight_g));
        await page.keyboard.press('Enter');
        await page.locator('.band', { hasText: t['pack.within'] }).waitFor();
        await page.keyboard.press('Enter');
        await page.locator('.no', { hasText: parcel.parcel_no }).waitFor({ state: 'detached' });
        assert.equal((await order()).state, 'to_ship');

        // Hand over.
        await page.goto(`${desk.url}/print?tab=handovers`);
        await page.locator('#h-house').selectOption({ label: parcel.warehouse });
        const carrier = list(await ask('/services')).find((one) => one.id === parcel.service_id)?.carrier_id;
        await page.locator('#h-carrier').selectOption(carrier);
        await page.getByRole('button', { name: t['ship.handover_create'] }).click();
        await page.waitForURL(/handovers\/\d+/);
        await page.locator('#scan').fill(parcel.label.tracking_number);
        await page.keyboard.press('Enter');
        await page.locator('.said', { hasText: parcel.parcel_no }).waitFor();
        await page.getByRole('button', { name: t['ship.handover_close'] }).click();
        await page.getByRole('dialog').getByRole('button', { name: t['ship.handover_close'] }).click();
        await page.locator('.screen-head .badge.green').waitFor();

        // Confirmed, seen without reloading.
        await page.goto(`${desk.url}/orders/${(await order()).id}`);
        await page.locator('.badge.green', { hasText: t['confirm.confirmed'] }).first().waitFor({ timeout: 30_000 });
        assert.deepEqual(desk.problems, []);
      } finally {
        await desk.close();
      }
    });
  }
});
