// Takes the pictures of the guide: every screen in both languages, and the pack station on a phone.
//   node screenshots.mjs                         the guide's own, 1366 x 768, into docs/guide/images
//   node screenshots.mjs FOLDER all [names]      both window sizes as PNG, for looking at
import { mkdirSync, writeFileSync } from 'node:fs';
import { openDesk } from './desk.mjs';

const folder = process.argv[2] ?? new URL('../../docs/guide/images', import.meta.url).pathname;
const all = process.argv[3] === 'all';
const only = process.argv[4]?.split(',');
// WebP is a third of the size and just as sharp; Chromium writes it itself.
async function shoot(page, name) {
  if (all) return page.screenshot({ path: `${folder}/${name}.png` });
  const client = await page.context().newCDPSession(page);
  const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality: 88 });
  await client.detach();
  writeFileSync(`${folder}/${name}.webp`, Buffer.from(data, 'base64'));
}
const tick = (page, n) => page.locator('[role=row][data-id] .tick label').nth(n).click();
const scan = async (page, code) => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(350);
};
const packable = (shop) => shop.parcels.filter((parcel) => parcel.state === 'planned' && parcel.label && parcel.layout && shop.orders.find((order) => order.id === parcel.order_id).state === 'to_pack');

// name, address, and what to do before the picture is taken
const pictures = [
  ['today', '/'],
  ['orders', '/orders'],
  ['orders-batch', '/orders?state=to_label', async ({ page }) => { for (const n of [0, 1, 2]) await tick(page, n); }],
  ['order', ({ mock }) => `/orders/${mock.shop.orders.find((order) => order.state === 'shipped' && order.items.length > 1 && mock.shop.parcels.some((parcel) => parcel.order_id === order.id && parcel.layout?.length > 2 && parcel.tracking?.scans.length > 2))?.id ?? mock.shop.orders.find((order) => order.state === 'shipped').id}`],
  ['import', '/orders', async ({ page, language }) => {
    await page.locator('.screen-head .button.main').click();
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'shop-orders.csv', mimeType: 'text/csv', buffer: Buffer.from(`${language === 'en' ? 'Order,SKU,Qty,Name,Country,Paid' : '单号,货号,数量,收件人,国家,付款时间'}\n113-5550001-5550001,MUG-WHT-01,1,Ana Ruiz,US,2026-11-24 09:12\n113-5550002-5550002,LAMP-DSK-02,2,Bo Chen,US,2026-11-24 09:40\n`) });
    await page.locator('.mapping').waitFor();
  }],
  ['print', '/print', async ({ page }) => {
    await page.locator('.make .button.main').click();
    await page.waitForURL(/waves/);
    for (const n of [0, 1, 2]) await page.locator('td .button.small').nth(n).click();
  }],
  ['handover', '/print?tab=handovers', async ({ page, mock }) => {
    await page.locator('#h-house').selectOption('2');
    await page.locator('#h-carrier').selectOption('ups');
    await page.locator('.make .button.main').click();
    await page.locator('#scan').waitFor();
    for (const parcel of mock.shop.parcels.filter((one) => one.state === 'packed' && one.carrier === 'UPS').slice(0, 5)) {
      await page.locator('#scan').fill(parcel.parcel_no);
      await page.keyboard.press('Enter');
      await page.locator('.said', { hasText: parcel.parcel_no }).waitFor();
    }
  }],
  ['pack', '/pack', async ({ page, mock }) => {
    await page.waitForTimeout(400);
    const parcel = packable(mock.shop).sort((a, b) => b.items.length - a.items.length)[0];
    await scan(page, parcel.parcel_no);
    await scan(page, parcel.items[0].sku);
  }],
  ['pack-wrong', '/pack', async ({ page, mock }) => {
    await page.waitForTimeout(400);
    await scan(page, packable(mock.shop).find((one) => one.items.length > 1).parcel_no);
    await scan(page, 'YGA-MAT-99');
  }],
  ['tracking', '/tracking?tracking=in_transit', async ({ page }) => page.locator('.twist button').first().click()],
  ['health', '/health?account=2&marketplace=UK'],
  ['jobs', '/jobs'],
  ['listings', '/listings'],
  ['products', '/listings?tab=products'],
  ['stock', '/listings?tab=stock'],
  ['setup-methods', '/setup?tab=services'],
  ['setup-rate-card', '/setup?tab=rate_cards', async ({ page }) => {
    await page.locator('.screen-head .button.main').click();
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'yunexpress-2026-12.csv', mimeType: 'text/csv', buffer: Buffer.from('service,zone,to_g,price\nCN-US-STD,1,500,42.50\nCN-US-STD,1,1000,sixty\nCN-US-STD,2,500,44.10\nCN-US-STD,2\nCN-US-STD,2,2000,88.00\n') });
    await page.locator('dialog .strip').waitFor();
  }],
  ['accounts', '/accounts'],
  ['users', '/users'],
  ['settings', '/settings'],
];

mkdirSync(folder, { recursive: true });
for (const language of ['en', 'zh-CN']) {
  for (const [width, height] of all ? [[1366, 768], [1920, 1080]] : [[1366, 768]]) {
    const desk = await openDesk({ width, height, language });
    const door = only ? null : await desk.page.goto(`${desk.url}/?lang=${language}`);
    if (door && width === 1366) {
      await desk.page.locator('#name').waitFor();
      await shoot(desk.page, `sign-in-${language}${all ? `-${width}` : ''}`);
    }
    await desk.signIn(language);
    for (const [name, path, prepare] of pictures) {
      if (only && !only.includes(name)) continue;
      const tools = { page: desk.page, mock: desk.mock, language };
      await desk.page.goto(desk.url + (typeof path === 'function' ? path(tools) : path));
      await desk.page.locator('h1').first().waitFor();
      await desk.page.waitForTimeout(500);
      await prepare?.(tools);
      await desk.page.waitForTimeout(400);
      await shoot(desk.page, `${name}-${language}${all ? `-${width}` : ''}`);
    }
    if (desk.problems.length) console.log(desk.problems.join('\n'));
    await desk.close();
  }
  const phone = await openDesk({ width: 390, height: 844, language, touch: true });
  await phone.signIn(language);
  await phone.page.goto(`${phone.url}/pack`);
  await phone.page.waitForTimeout(700);
  const parcel = packable(phone.mock.shop).find((one) => one.items.length === 2);
  await scan(phone.page, parcel.parcel_no);
  await scan(phone.page, parcel.items[0].sku);
  await phone.page.waitForTimeout(300);
  await shoot(phone.page, `pack-${language}-phone`);
  await phone.close();
}
