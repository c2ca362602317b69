// What the program asks again, and what it takes in once: a round of the schedule against an Amazon that shows orders late.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSandbox, zifa } from './sandbox.mjs';

test('an order that a search left out is found by the next one, and none is taken in twice', async () => {
  const home = mkdtempSync(join(tmpdir(), 'zifa-polling-'));
  const run = (...words) => new Promise((ended) => execFile(zifa, [...words, '--db', 'desk.db'], { cwd: home }, (error, out, err) => ended({ code: error?.code ?? 0, out, err })));
  const sync = async () => {
    const round = await run('sync', '--once');
    assert.equal(round.code, 0, round.err);
    return JSON.parse(round.out).orders;
  };
  const sandbox = await startSandbox(['--clock', 'manual', '--start', new Date(Date.now() - 600_000).toISOString()]);
  try {
    assert.equal((await run('account', 'add', 'shop', '--sandbox', sandbox.url)).code, 0);
    await sandbox.control('POST', 'quotas', { mode: 'off' });  // a clock that stands still fills no bucket
    await sandbox.wait(120);
    await sandbox.order();
    await sandbox.wait(300);
    // The search is told that it saw everything up to two minutes ago, which is later than the order it left out.
    await sandbox.fault({ operation: 'searchOrders', kind: 'stale', seconds: 3600 });
    assert.deepEqual(await sync(), { read: 0, new: 0, updated: 0 });
    assert.deepEqual(await sync(), { read: 1, new: 1, updated: 0 });
    assert.deepEqual(await sync(), { read: 1, new: 0, updated: 0 });
  } finally {
    await sandbox.stop();
    rmSync(home, { recursive: true });
  }
});
