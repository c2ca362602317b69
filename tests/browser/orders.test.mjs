import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDesk, real } from './desk.mjs';

describe('the order list', { skip: real ? 'needs the mock: it knows its shop' : false }, () => {
  let desk;
  let page;
  before(async () => {
    desk = await openDesk();
    page = desk.page;
    await desk.signIn('en');
  });
  after(() => desk.close());
  const rows = () => page.locator('[role=row][data-id]');
  const open = async (path) => {
    await page.goto(desk.url + path);
    await page.locator('[role=table]:not([aria-busy=true])').waitFor();
    await rows().first().waitFor();
  };

  test('the day runs from left to right, each state with its counter', async () => {
    await open('/orders');
    const names = await page.locator('nav.pipeline .name').allInnerTexts();
    assert.deepEqual(names, ['All orders', 'Awaiting payment', 'To review', 'Exception', 'Out of stock', 'To allocate', 'To get label', 'To print', 'To pack', 'To ship', 'Shipped', 'Delivered', 'On hold', 'Cancelled']);
    const toPrint = desk.mock.shop.orders.filter((order) => order.state === 'to_print' && !order.on_hold).length;
    await page.locator('nav.pipeline a', { hasText: 'To print' }).click();
    await page.waitForURL(/state=to_print/);
    await page.waitForFunction((n) => document.querySelectorAll('[role=row][data-id]').length === n, toPrint);
    assert.match(await page.locator('nav.pipeline a[aria-current]').innerText(), new RegExp(`${toPrint}`));
  });

  test('every deadline shows its zone twice: the marketplace and the person', async () => {
    await open('/orders?state=to_label&marketplace=DE');
    const cell = await rows().first().locator('.ship_by').innerText();
    assert.match(cell, /CET|CEST/);
    assert.match(cell, /Beijing/);
  });

  test('a pasted column of numbers finds them all and names the missing one', async () => {
    await open('/orders');
    const wanted = desk.mock.shop.orders.slice(40, 43).map((order) => order.amazon_order_id);
    await page.keyboard.press('/');
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, [...wanted, '999-0000000-0000000'].join('\n'));
    await page.getByText('Not found: 999-0000000-0000000').waitFor();
    assert.equal(await rows().count(), 3);
    await page.locator('.search input').press('Escape');
  });

  test('a batch answers row by row, and one refusal does not stop the others', async () => {
    await open('/orders?state=to_review');
    const asked = desk.mock.shop.orders.filter((order) => order.state === 'to_review' && order.cancel_requested).map((order) => order.amazon_order_id);
    assert.ok(asked.length > 0);
    await page.getByLabel('Select all').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Review', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${asked.length} failed`).waitFor();
    assert.match(await dialog.innerText(), /the buyer asked to cancel; cancel or keep it first/);
    await dialog.getByLabel('Only failures').check();
    assert.equal(await dialog.locator('tbody tr').count(), asked.length);
    await dialog.getByRole('button', { name: 'Select the failed ones' }).click();
    assert.match(await page.getByRole('toolbar').innerText(), new RegExp(`${asked.length} selected`));
    await page.keyboard.press('Escape');
  });

  test('a long batch shows progress and the rest can be called off', async () => {
    await open('/orders?state=shipped');
    await page.mouse.wheel(0, 20_000);
    await page.waitForFunction(() => document.querySelectorAll('[role=row][data-id]').length > 80);
    await page.getByLabel('Select all').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Tag', exact: true }).click();
    await page.getByLabel('Tag', { exact: true }).fill('batch');
    await page.getByRole('dialog').getByRole('button', { name: 'Tag' }).click();
    await page.getByRole('button', { name: 'Stop after this step' }).click();
    await page.getByText(/stopped, \d+ not started/).waitFor();
    const tagged = desk.mock.shop.orders.filter((order) => order.tags.includes('batch')).length;
    assert.ok(tagged > 0 && tagged < 96, `${tagged} were tagged`);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  });

  test('the keyboard walks the rows, selects and opens', async () => {
    await open('/orders?state=to_label');
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    assert.match(await page.getByRole('toolbar').innerText(), /1 selected/);
    const id = await rows().nth(1).getAttribute('data-id');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/orders/${id}`);
    await page.locator('h1.number').waitFor();
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.pathname !== `/orders/${id}`);
    await page.keyboard.press('Escape');
    await page.waitForURL(/state=to_label/);
  });

  test('what changes elsewhere is updated in place and nothing jumps', async () => {
    await open('/orders?state=to_ship');
    const before = await rows().evaluateAll((list) => list.map((row) => [row.dataset.id, Math.round(row.getBoundingClientRect().top)]));
    const gone = desk.mock.shop.orders.find((order) => order.id === before[1][0]);
    gone.state = 'shipped';
    desk.mock.shop.tell({ orders: [gone.id] });
    await page.locator(`[data-id="${gone.id}"].moved`).waitFor();
    const after = await rows().evaluateAll((list) => list.map((row) => [row.dataset.id, Math.round(row.getBoundingClientRect().top)]));
    assert.deepEqual(after, before);
    gone.state = 'to_ship';
  });

  test('ticking seconds move nothing', async () => {
    await open('/orders?state=to_pack');
    const measure = () => page.locator('[role=row][data-id] .ship_by *').evaluateAll((list) => list.slice(0, 60).map((one) => { const box = one.getBoundingClientRect(); return [Math.round(box.left), Math.round(box.top), Math.round(box.width)]; }));
    const before = await measure();
    await page.waitForTimeout(2200);
    assert.deepEqual(await measure(), before);
  });

  test('hidden columns stay hidden for this person', async () => {
    await open('/orders');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Total', { exact: true }).uncheck();
    await page.reload();
    await rows().first().waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'Total' }).count(), 0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByLabel('Total', { exact: true }).check();
    await page.keyboard.press('Escape');
  });

  test('a view is saved with its filters and opened again', async () => {
    await open('/orders?state=to_pack&shape=single');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByPlaceholder('Name of the view').fill('Singles to pack');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('View saved').waitFor();
    await open('/orders');
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('link', { name: /Singles to pack/ }).click();
    await page.waitForURL(/state=to_pack.*shape=single|shape=single.*state=to_pack/);
  });

  test('a file in an unknown layout asks which column is which', async () => {
    await open('/orders');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from('单号,货号,数量,收件人\n113-5550001-5550001,MUG-WHT-01,1,Ana\n113-5550002-5550002,MUG-WHT-01,none,Bo\n') });
    await page.getByText('This layout is new').waitFor();
    assert.equal(await page.getByRole('dialog').getByLabel('Amazon order ID').inputValue(), '单号');
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await page.getByText('the quantity "none" is not a positive number').waitFor();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('Good rows are in').waitFor();
    assert.ok(desk.mock.shop.orders.some((order) => order.amazon_order_id === '113-5550001-5550001'));
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  });

  test('nothing went wrong unseen', () => assert.deepEqual(desk.problems, []));
});
