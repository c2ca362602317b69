// `zifa sandbox` as a process of its own, and a hand on its controls.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const zifa = process.env.ZIFA ?? fileURLToPath(new URL('../../build/release/zifa', import.meta.url));

// A world that stands still until it is moved, unless the options say otherwise.
export async function startSandbox(options = ['--clock', 'manual', '--start', '2026-03-02T17:00:00Z']) {
  const child = spawn(zifa, ['sandbox', '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(lines, 'line'), ended.then(([code]) => { throw new Error(`zifa sandbox ended with ${code}`); })]);
  const ready = JSON.parse(line);

  const control = async (method, path, body) => {
    const answer = await fetch(`${ready.url}/_sandbox/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  return {
    ...ready,
    account: ready.accounts.find((account) => account.region === 'na'),
    control,
    wait: (seconds) => control('POST', 'clock', { advance_s: seconds }),
    order: async (wish) => (await control('POST', 'orders', wish)).orders[0],
    truth: (id) => control('GET', `orders/${id}`),
    fault: (fault) => control('POST', 'faults', { count: 1, ...fault }),
    // Answers of an operation so far, by status.
    answers: async (operation) => (await control('GET', 'state')).requests[operation] ?? {},
    now: async () => (await control('GET', 'clock')).now,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`zifa sandbox ended with ${code} on SIGTERM`);
    },
  };
}
