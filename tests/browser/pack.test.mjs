import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDesk, real } from './desk.mjs';

describe('the pack station, by scanner and keys alone', { skip: real ? 'needs the mock: it knows its shop' : false }, () => {
  let desk;
  let page;
  before(async () => {
    desk = await openDesk();
    page = desk.page;
    await desk.signIn('en');
  });
  after(() => desk.close());
  const ready = (fits) => desk.mock.shop.parcels.find((parcel) => parcel.state === 'planned' && parcel.label && parcel.items.every((item) => item.verified === 0) && desk.mock.shop.orders.find((order) => order.id === parcel.order_id).state === 'to_pack' && fits(parcel));
  const scan = async (code) => {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
  };
  const says = (text) => page.locator('.band', { hasText: text }).waitFor();
  const station = async () => {
    await page.goto(`${desk.url}/pack`);
    await says('Scan an order, a label or an item');
    await page.waitForTimeout(150);
  };

  test('a wrong item turns the station red and names it; the right ones turn it green', async () => {
    await station();
    const parcel = ready((one) => one.items.length > 1);
    await scan(parcel.parcel_no);
    await says('Scan the items');
    await scan(desk.mock.shop.products.find((one) => parcel.items.every((item) => item.product_id !== one.id)).barcode);
    await says('Wrong item');
    await scan('NOT-KNOWN-HERE');
    await says('no SKU or barcode known here');
    assert.equal(await page.locator('.station.bad').count(), 1);
    for (const item of parcel.items) for (let n = 0; n < item.quantity; n++) {
      await scan(item.barcode);
      await page.locator('.item', { hasText: item.sku }).locator('.count', { hasText: `${n + 1}/${item.quantity}` }).waitFor();
    }
    await says('All items verified');
    assert.equal(await page.locator('.station.done').count(), 1);
    await scan(parcel.items[0].barcode);
    await says(`only ${parcel.items[0].quantity} belong in this parcel`);
    assert.equal(parcel.items[0].verified, parcel.items[0].quantity);
  });

  test('the label of another parcel moves on to it while the box is empty, and is refused once something is in', async () => {
    await station();
    const [one, other] = desk.mock.shop.parcels.filter((parcel) => parcel.state === 'planned' && parcel.label && parcel.items.some((item) => item.quantity > 1) && parcel.items.every((item) => item.verified === 0) && desk.mock.shop.orders.find((order) => order.id === parcel.order_id).state === 'to_pack');
    await scan(one.label.tracking_number);
    await page.locator('.no', { hasText: one.parcel_no }).waitFor();
    await scan(other.label.tracking_number);
    await page.locator('.no', { hasText: other.parcel_no }).waitFor();
    await scan(other.items.find((item) => item.quantity > 1).barcode);
    await page.locator('.station.good').waitFor();
    await scan(one.label.tracking_number);
    await says('no SKU or barcode known here');
    assert.equal(await page.locator('.no').innerText(), other.parcel_no);
  });

  test('a number key chooses the box, Enter finishes, and the next order comes by itself', async () => {
    await station();
    const parcel = ready((one) => one.items.length === 1 && one.items[0].quantity === 1);
    await scan(parcel.label.tracking_number);
    await says('Scan the items');
    await scan(parcel.items[0].barcode);
    await says('All items verified');
    const box = (await page.locator('.boxes button .cut').nth(1).innerText()).trim();
    await page.keyboard.press('2');
    await page.locator('.boxes button:nth-child(2)[aria-pressed=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.no', { hasText: parcel.parcel_no }).waitFor({ state: 'detached' });
    await page.locator('.no').waitFor();
    assert.equal(parcel.state, 'packed');
    assert.equal(parcel.carton, box);
    assert.equal(desk.printed.at(-1)?.start, '%PDF-');
    assert.notEqual(await page.locator('.no').innerText(), parcel.parcel_no);
    await page.keyboard.press('Escape');
    await says('Scan an order, a label or an item');
  });

  test('a scan of an item opens its most urgent parcel and counts as the first check', async () => {
    await station();
    const parcel = ready((one) => one.items.length === 1);
    await scan(parcel.items[0].barcode);
    await page.locator('.item .count', { hasText: /^1\// }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a weight that is far off stops the parcel until somebody says why', async () => {
    await station();
    const parcel = ready((one) => one.items.length === 1 && one.items[0].quantity === 1);
    await scan(parcel.parcel_no);
    await says('Scan the items');
    await scan(parcel.items[0].sku);
    await says('All items verified');
    await scan(String(parcel.est_weight_g + 400));
    await says('too far off');
    await page.keyboard.press('Enter');
    await says('check what is inside');
    assert.equal(parcel.state, 'planned');
    await page.getByRole('button', { name: 'Override' }).click();
    await page.getByLabel(/Reason for the override/).fill('Extra filler');
    await page.keyboard.press('Enter');
    await says('Scan the items');
    assert.equal(parcel.state, 'packed');
    await page.keyboard.press('Escape');
  });

  test('an order that the buyer wants to cancel cannot be packed', async () => {
    await station();
    const parcel = ready(() => true);
    desk.mock.shop.orders.find((order) => order.id === parcel.order_id).cancel_requested = true;
    await scan(parcel.parcel_no);
    await page.locator('[role=alertdialog]', { hasText: 'Buyer requested cancellation' }).waitFor();
    await scan(parcel.items[0].sku);
    assert.equal(parcel.items[0].verified, 0);
    await page.keyboard.press('Escape');
    await says('Scan an order, a label or an item');
    desk.mock.shop.orders.find((order) => order.id === parcel.order_id).cancel_requested = false;
  });

  test('an unknown code says what can be scanned', async () => {
    await station();
    await scan('0000000000000');
    await says('Nothing to pack for');
  });

  test('nothing went wrong unseen', () => assert.deepEqual(desk.problems, []));
});
