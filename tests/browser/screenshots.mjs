// Takes the pictures of the guide from the running demo shop, in both languages: `./dev screenshots` starts the shop.
//   node screenshots.mjs [FOLDER [NAME,NAME...]]     BASE_URL, ZIFA_NAME and ZIFA_PASSWORD say where and who
import { mkdirSync, writeFileSync } from 'node:fs';
import { openDesk, real } from './desk.mjs';

if (!real) throw new Error('BASE_URL must name a running demo; ./dev screenshots starts one.');
const folder = process.argv[2] || new URL('../../docs/guide/images', import.meta.url).pathname;
const only = process.argv[3]?.split(',');
const most = 120_000;

// WebP is a third of the size of PNG and just as sharp; Chromium writes it itself. Crowded screens are pressed harder.
async function shoot(page, name) {
  const client = await page.context().newCDPSession(page);
  let bytes;
  for (const quality of [85, 75, 65, 50]) {
    const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality });
    bytes = Buffer.from(data, 'base64');
    if (bytes.length < most) break;
  }
  await client.detach();
  if (bytes.length >= most) throw new Error(`${name} has ${bytes.length} bytes; ${most} at most`);
  writeFileSync(`${folder}/${name}.webp`, bytes);
}
const list = (answer) => (Array.isArray(answer) ? answer : answer.items);
const tick = (page, n) => page.locator('[role=row][data-id] .tick label').nth(n).click();
const scan = async (page, code) => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(600);
};

function tools(desk) {
  const ask = async (method, path, body) => {
    const answer = await desk.page.evaluate(async ([how, where, what]) => {
      const { csrf } = await (await fetch('/api/session')).json();
      const got = await fetch(`/api${where}`, { method: how, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: what === undefined ? undefined : JSON.stringify(what) });
      return { ok: got.ok, body: await got.json().catch(() => null) };
    }, [method, path, body]);
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const get = (path) => ask('GET', path);
  // The demo's own people take the orders with odd numbers; the even ones stay as we leave them.
  const ours = async (query) => list(await get(`/orders?limit=200&${query}`)).filter((order) => Number(order.id) % 2 === 0);
  const act = (action, orders, args = {}) => ask('POST', '/orders/actions', { action, ids: orders.map((one) => one.id), args });
  return { ask, get, ours, act };
}

// Something at every step of the way, as in a shop at noon.
async function furnish(desk) {
  const { ask, get, ours, act } = tools(desk);
  await ask('PATCH', '/settings', { auto_review: false, auto_plan: false, auto_label: false });
  const waiting = (await ours('state=to_print')).slice(0, 60);
  await act('void_label', waiting.slice(30, 42));
  await act('hold', waiting.slice(42, 44), { reason: '等买家确认地址 · address to be confirmed', free_stock: false });
  await act('tag', waiting.slice(44, 47), { tag: 'VIP' });
  const printed = waiting.slice(0, 20);
  const parcels = [];
  for (const order of printed) parcels.push(...(await get(`/orders/${order.id}`)).parcels.filter((parcel) => parcel.state === 'planned'));
  const print = await ask('POST', '/prints', { kind: 'labels', format: 'pdf', size: '100x150', parcel_ids: parcels.map((one) => one.id), buy: false });
  await desk.page.evaluate((url) => fetch(url).then((answer) => answer.arrayBuffer()), print.url);
  for (const parcel of parcels.slice(0, 8)) {
    await ask('POST', '/pack/open', { code: parcel.parcel_no });
    for (const item of parcel.items) await ask('POST', `/pack/${parcel.id}/scan`, { code: item.barcode || item.sku, quantity: item.quantity });
    await ask('POST', `/pack/${parcel.id}/finish`, { grams: parcel.est_weight_g, override: null });
  }
}

// A parcel ready to be packed, the one with most to pack first.
async function packable({ get, ours }) {
  const found = [];
  for (const state of ['to_pack', 'to_print']) {
    for (const order of (await ours(`state=${state}&shape=multi_line`)).slice(0, 4)) found.push(...(await get(`/orders/${order.id}`)).parcels.filter((one) => one.state === 'planned' && one.label && one.layout));
    if (found.length) break;
  }
  return found.sort((a, b) => b.items.length - a.items.length)[0];
}

// name, address, and what to do before the picture is taken
const pictures = [
  ['today', '/'],
  ['orders', '/orders?state=to_print'],
  ['orders-batch', '/orders?state=to_label', async ({ page }) => { for (const n of [0, 1, 2]) await tick(page, n); }],
  ['order', async ({ get }) => {
    const sent = list(await get('/orders?limit=60&state=shipped&shape=multi_line'));
    for (const order of sent) {
      const parcel = (await get(`/orders/${order.id}`)).parcels[0];
      if (parcel?.layout?.length > 2 && parcel.tracking?.scans.length > 1 && parcel.on_time > 0.9) return `/orders/${order.id}`;
    }
    return `/orders/${sent[0].id}`;
  }],
  ['import', '/orders', async ({ page, language }) => {
    await page.locator('.screen-head .button.main').click();
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'shop-orders.csv', mimeType: 'text/csv', buffer: Buffer.from(`${language === 'en' ? 'Order ID,SKU,Quantity,Recipient,Country,Paid at' : '订单号,SKU,数量,收件人,国家,付款时间'}\n113-5550001-5550001,YC-MUG-STEEL-16,1,Ana Ruiz,US,2026-11-24 09:12\n113-5550002-5550002,YC-USBC-HUB-7,2,Bo Chen,US,2026-11-24 09:40\n`) });
    await page.locator('.mapping').waitFor();
  }],
  ['print', '/print', async ({ page }) => {
    await page.locator('.make input[type=number]').fill('12');
    await page.locator('.make .button.main').click();
    await page.waitForURL(/waves/);
    for (const n of [0, 1, 2]) {
      await page.locator('td .button.small').nth(n).click();
      await page.waitForTimeout(300);
    }
  }],
  ['pack', '/pack', async ({ page, ...rest }) => {
    const parcel = await packable(rest);
    await scan(page, parcel.parcel_no);
    await scan(page, parcel.items[0].barcode || parcel.items[0].sku);
  }],
  ['health', '/health'],
  ['setup-rate-card', '/setup?tab=rate_cards', async ({ page }) => {
    await page.locator('.screen-head .button.main').click();
    await page.locator('dialog input[type=file]').setInputFiles({ name: 'yunexpress-2026-12.csv', mimeType: 'text/csv', buffer: Buffer.from('service,country,model,weight_over_g,weight_to_g,first_price,currency\nCN-US-STD,US,bracket,0,500,42.50,CNY\nCN-US-STD,US,bracket,500,1000,sixty,CNY\nCN-US-STD,US,bracket,1000,2000,88.00,CNY\nCN-US-STD,USA,bracket,2000,3000,119.00,CNY\n') });
    await page.locator('dialog .strip').waitFor();
  }],
];

mkdirSync(folder, { recursive: true });
let furnished = false;
for (const language of ['en', 'zh-CN']) {
  const desk = await openDesk({ language });
  await desk.signIn(language);
  if (!furnished) await furnish(desk);
  furnished = true;
  const kit = { page: desk.page, language, ...tools(desk) };
  for (const [name, path, prepare] of pictures) {
    if (only && !only.includes(name)) continue;
    await desk.page.goto(desk.url + (typeof path === 'function' ? await path(kit) : path));
    await desk.page.locator('h1').first().waitFor();
    await desk.page.waitForTimeout(700);
    await prepare?.(kit);
    await desk.page.waitForTimeout(500);
    await shoot(desk.page, `${name}-${language}`);
  }
  if (desk.problems.length) console.error(desk.problems.join('\n'));
  await desk.close();
}
