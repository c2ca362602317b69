// What Zifa sends and what its sandbox answers, held against Amazon's models by a judge that nobody here wrote.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startPrism } from './prism.mjs';
import { startSandbox, zifa } from './sandbox.mjs';

const models = fileURLToPath(new URL('../../../shared/amazon/models', import.meta.url));
const skip = existsSync(models) ? false : 'skipped: no ../shared';
let home;
before(() => { home = mkdtempSync(join(tmpdir(), 'zifa-prism-')); });
after(() => rmSync(home, { recursive: true }));

const run = (prism, ...words) => new Promise((ended) => {
  const child = execFile(zifa, words, { cwd: home, env: { ...process.env, ZIFA_DB: join(home, 'desk.db'), ZIFA_SPAPI_ENDPOINT: prism.url, ZIFA_LWA_ENDPOINT: prism.url }, maxBuffer: 1e8 }, (error, out, err) => ended({ code: error?.code ?? 0, out, err }));
  child.stdin.end();
});
const wrong = (prism, side) => prism.seen.flatMap(({ method, path, status, violations }) => violations.filter(({ location }) => !side || location[0] === side || location[0] === 'prism').map(({ location, message }) => `${method} ${path} ${status}: ${location.join('.')} ${message}`));
const called = (prism, method, path) => prism.seen.filter((one) => one.method === method && path.test(one.path));

async function judged(options, use) {
  const sandbox = await startSandbox(options);
  const prism = await startPrism(models, sandbox.url);
  try {
    await use(prism, sandbox);
  } finally {
    await prism.stop();
    await sandbox.stop();
    for (const end of ['', '.key', '-wal', '-shm']) rmSync(join(home, `desk.db${end}`), { force: true });
  }
}

test('the judge sees what is wrong on both sides', { skip }, async () => {
  const upstream = http.createServer((_, reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('{"orders":7}'));
  await new Promise((listening) => upstream.listen(0, '127.0.0.1', listening));
  const prism = await startPrism(models, `http://127.0.0.1:${upstream.address().port}`);
  try {
    assert.equal(prism.operations, 134);
    await fetch(`${prism.url}/orders/2026-01-01/orders?createdAfter=yesterday&fulfillmentStatuses=BOGUS`);
    await fetch(`${prism.url}/orders/v0/orders/902-1106328-1059050/shipmentConfirmation`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"marketplaceId":"ATVPDKIKX0DER","packageDetail":{"packageReferenceId":1}}' });
    await fetch(`${prism.url}/nowhere`);
    const found = wrong(prism).join('\n');
    for (const expected of [/request\.query\.createdafter.*date-time/i, /request\.query\.fulfillmentstatuses/i, /response\.body\.orders.*array/, /request\.body\.packageDetail.*carrierCode/, /request\.body\.packageDetail\.packageReferenceId.*string/, /nowhere/]) assert.match(found, expected);
  } finally {
    await prism.stop();
    upstream.close();
  }
});

test('every operation that Zifa knows is asked as the models say', { skip }, async () => {
  await judged(['--static'], async (prism) => {
    assert.equal((await run(prism, 'account', 'add', 'shop', '--sandbox', prism.url)).code, 0);
    const checked = await run(prism, 'account', 'check', 'shop', '--writes');
    assert.equal(checked.code, 0, checked.err);
    assert.ok(prism.seen.length >= 30, `${prism.seen.length} calls`);
    // Thirteen of Amazon's own recorded answers break Amazon's models; the questions are ours.
    assert.deepEqual(wrong(prism, 'request'), []);
  });
});

test('a round of the schedule asks and is answered as the models say', { skip }, async () => {
  const start = new Date(Date.now() - 3_600_000).toISOString();
  await judged(['--clock', 'manual', '--start', start], async (prism, sandbox) => {
    await sandbox.control('POST', 'orders', { count: 30 });
    await sandbox.wait(3600);
    assert.equal((await run(prism, 'account', 'add', 'shop', '--sandbox', prism.url)).code, 0);
    const round = await run(prism, 'sync', '--once');
    assert.equal(round.code, 0, round.err);
    assert.deepEqual(JSON.parse(round.out).orders, { read: 30, new: 30, updated: 0 });
    assert.deepEqual(wrong(prism), []);
  });
});

test('a shop of twenty orders asks and is answered as the models say, from the first order to the last scan', { skip }, async () => {
  await judged(undefined, async (prism) => {
    const demo = await run(prism, 'demo', '--once', '--orders', '20', '--db', join(home, 'desk.db'), '--sandbox', prism.url);
    assert.equal(demo.code, 0, demo.err);
    assert.equal(called(prism, 'POST', /\/shipmentConfirmation$/).length, 20);
    assert.ok(called(prism, 'PATCH', /^\/listings\//).length > 20);
    assert.ok(called(prism, 'POST', /\/reports$/).length > 0);
    assert.ok(called(prism, 'GET', /^\/orders\/2026-01-01\/orders\?/).length > 20);
    assert.deepEqual(wrong(prism), []);
  });
});
