import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openDesk, person, real } from './desk.mjs';

describe('the door', { skip: real ? 'needs the mock: it starts empty shops' : false }, () => {
  test('the first start creates the owner with the code from the console', async () => {
    const desk = await openDesk({ mock: { fresh: true } });
    try {
      const { page } = desk;
      await page.goto(`${desk.url}/orders?lang=en`);
      await page.getByRole('heading', { name: 'Create the owner' }).waitFor();
      await page.locator('#code').fill('WRONG');
      await page.locator('#name').fill('ana');
      await page.locator('#password').fill('a long password');
      await page.locator('#again').fill('another password');
      assert.match(await page.locator('.wrong').innerText(), /differ/);
      await page.locator('#again').fill('a long password');
      await page.getByRole('button', { name: 'Create owner and sign in' }).click();
      assert.match(await page.locator('form [role=alert]').innerText(), /setup code/);
      await page.locator('#code').fill('ABCD-1234');
      await page.getByRole('button', { name: 'Create owner and sign in' }).click();
      await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
      assert.equal(desk.mock.shop.users[0].role, 'owner');
      assert.deepEqual(desk.problems, []);
    } finally {
      await desk.close();
    }
  });

  test('a wrong password is refused in the language of the page and leads nowhere', async () => {
    const desk = await openDesk();
    try {
      const { page } = desk;
      await page.goto(`${desk.url}/?lang=zh-CN`);
      await page.locator('#name').fill(person.name);
      await page.locator('#password').fill('not it at all');
      await page.getByRole('button', { name: '登录' }).click();
      assert.match(await page.locator('[role=alert]').first().innerText(), /密码不正确/);
      assert.equal(await page.locator('nav.side').count(), 0);
    } finally {
      await desk.close();
    }
  });

  test('a session that ends shows the door again', async () => {
    const desk = await openDesk();
    try {
      await desk.signIn();
      await desk.context.clearCookies();
      await desk.page.getByRole('link', { name: 'Orders', exact: true }).first().click();
      await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    } finally {
      await desk.close();
    }
  });

  test('the warehouse sees its own screens and no others', async () => {
    const desk = await openDesk();
    try {
      const { page } = desk;
      await page.goto(`${desk.url}/?lang=en`);
      await page.locator('#name').fill('carlos');
      await page.locator('#password').fill('correct horse');
      await page.locator('form button.main').click();
      await page.locator('nav.side').waitFor();
      const names = (await page.locator('nav.side a').allInnerTexts()).map((name) => name.trim());
      assert.deepEqual(names, ['Today', 'Orders', 'Print and ship', 'Pack station', 'Tracking', 'Listings and stock']);
      await page.goto(`${desk.url}/users`);
      await page.getByText('Your role cannot open this screen').waitFor();
      await page.goto(`${desk.url}/orders/10122`);
      await page.getByText('Hidden for your role').waitFor();
      assert.equal(await page.getByRole('switch', { name: 'Emergency stop' }).isDisabled(), true);
    } finally {
      await desk.close();
    }
  });
});

describe('around every screen', () => {
  let desk;
  before(async () => {
    desk = await openDesk();
    await desk.signIn('en');
  });
  after(() => desk.close());

  test('the language is switched in place and kept for the person', async () => {
    const { page } = desk;
    await page.goto(`${desk.url}/orders`);
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    await page.locator('header [lang="zh-CN"]').click();
    await page.getByRole('heading', { name: '订单处理' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    await page.reload();
    await page.getByRole('heading', { name: '订单处理' }).waitFor();
    await page.goto(`${desk.url}/orders?lang=en`);
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
    const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().endsWith('/api/session'));
    await page.locator('header [lang="en"]').click();
    await kept;
  });

  test('the emergency stop asks once, then colours the header of every screen', async () => {
    const { page } = desk;
    await page.goto(`${desk.url}/`);
    await page.getByRole('switch', { name: 'Emergency stop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop now' }).click();
    await page.getByText('nothing is written to Amazon or carriers').waitFor();
    for (const path of ['/orders', '/pack', '/settings']) {
      await page.goto(desk.url + path);
      await page.locator('header.top.stopped').waitFor();
    }
    await page.getByRole('switch', { name: 'Emergency stop' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await page.locator('header.top:not(.stopped)').waitFor();
  });

  test('an unknown address says so and leads home', async () => {
    await desk.page.goto(`${desk.url}/no/such/screen`);
    await desk.page.getByText('There is no screen at this address').waitFor();
  });

  test('the order page is light: at most 150 kB from this server alone', async () => {
    const cold = await openDesk();
    try {
      let bytes = 0;
      const foreign = [];
      const origin = new URL(cold.url).origin;
      await cold.signIn('en');
      const page = await cold.context.newPage();
      await cold.page.close();
      const client = await cold.context.newCDPSession(page);
      await client.send('Network.enable');
      await client.send('Network.setCacheDisabled', { cacheDisabled: true });
      // On loopback the program sends its answers as they are; to any other machine it sends them folded, which is what counts.
      const plain = new Map();
      client.on('Network.responseReceived', ({ requestId, response }) => { if (/^http:\/\/127\.0\.0\.1[:/].*\/api\//.test(response.url) && !Object.keys(response.headers).some((name) => name.toLowerCase() === 'content-encoding')) plain.set(requestId, response.url); });
      client.on('Network.loadingFinished', (event) => { if (!plain.has(event.requestId)) bytes += event.encodedDataLength; });
      page.on('response', async (response) => {
        if (![...plain.values()].includes(response.url()) || response.url().endsWith('/api/live')) return;
        bytes += gzipSync(await response.body()).length + 400;
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) foreign.push(request.url());
      });
      await page.goto(`${cold.url}/orders`);
      await page.locator('[role=row][data-id]').first().waitFor();
      await page.waitForTimeout(600);
      assert.deepEqual(foreign, []);
      assert.ok(bytes > 10_000, `only ${bytes} bytes were seen`);
      assert.ok(bytes <= 150_000, `${bytes} bytes were transferred`);
    } finally {
      await cold.close();
    }
  });

  test('nothing went wrong unseen', () => assert.deepEqual(desk.problems, []));
});
