// Plays the program's API for the screens: the same addresses, the same answers, state that moves on. It also serves
// web/dist the way the program does: hashed files for ever, every other address answered with the page itself.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { makeShop, picture } from './data.mjs';
import { routes } from './routes.mjs';

const dist = new URL('../../../web/dist/', import.meta.url).pathname;
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

export class Refusal extends Error {
  constructor(status, code, en, zh = en) {
    super(en);
    Object.assign(this, { status, code, en, zh });
  }
}

export async function startMock({ port = 0, seed = 7, signedIn = false, fresh = false } = {}) {
  const shop = makeShop(seed);
  if (fresh) shop.users = [];
  const sessions = new Map();
  const streams = new Set();
  const answered = new Map();
  const log = [];
  shop.tell = (change) => {
    for (const stream of streams) stream.write(`event: changed\ndata: ${JSON.stringify({ orders: [], parcels: [], counts: true, ...change })}\n\n`);
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    try {
      if (url.pathname.startsWith('/api/')) await answer(request, response, url);
      else file(request, response, url);
    } catch (error) {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: { code: 'mock.broken', message: String(error.stack) } }));
    }
  });

  function send(response, status, body, headers = {}) {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  async function answer(request, response, url) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const method = request.method;
    const path = url.pathname.slice(4);
    if (path.startsWith('/pictures/')) {
      response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=86400' });
      return response.end(picture(path.slice(10)));
    }
    const token = /zifa_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    let session = sessions.get(token);
    const headers = {};
    if (!session) {
      const id = Array.from({ length: 4 }, () => Math.random().toString(16).slice(2, 10)).join('');
      session = { user: signedIn ? shop.users[0] : null, csrf: `csrf${id.slice(0, 12)}` };
      sessions.set(id, session);
      headers['Set-Cookie'] = `zifa_session=${id}; HttpOnly; SameSite=Strict; Path=/`;
    }
    const language = session.user?.language ?? (request.headers['accept-language']?.startsWith('zh') ? 'zh-CN' : 'en');
    const refuse = (refusal) => send(response, refusal.status, { error: { code: refusal.code, message: language === 'zh-CN' ? refusal.zh : refusal.en } }, headers);
    log.push(`${method} ${path}`);
    const open = path === '/session' || path === '/session/owner' || path === '/health';
    if (!session.user && !open) return refuse(new Refusal(401, 'session.none', 'Sign in first.', '请先登录。'));
    if (method !== 'GET' && session.user && request.headers['x-csrf-token'] !== session.csrf) return refuse(new Refusal(403, 'session.csrf', 'The page is out of date: load it again.', '页面已过期，请刷新。'));
    if (path === '/live') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': hello\n\n');
      streams.add(response);
      return request.on('close', () => streams.delete(response));
    }
    const key = request.headers['idempotency-key'];
    if (method !== 'GET' && key && answered.has(key)) return send(response, ...answered.get(key));
    for (const [want, pattern, action] of routes) {
      if (want !== method) continue;
      const found = pattern.exec(path);
      if (!found) continue;
      let body = null;
      const json = (request.headers['content-type'] ?? '').includes('json');
      if (json && bytes.length) body = JSON.parse(bytes.toString());
      try {
        const result = await action({ shop, session, query: url.searchParams, body, bytes, params: found.slice(1).map(decodeURIComponent), language, Refusal });
        if (result?.file) {
          response.writeHead(200, { 'Content-Type': result.type, ...(result.name ? { 'Content-Disposition': `attachment; filename="${result.name}"` } : {}) });
          return response.end(result.file);
        }
        const status = result === undefined ? 204 : 200;
        if (key) answered.set(key, [status, result]);
        return send(response, status, result, headers);
      } catch (error) {
        if (error instanceof Refusal) return refuse(error);
        throw error;
      }
    }
    return refuse(new Refusal(404, 'not_found', `Nothing answers ${method} ${path}.`));
  }

  function file(request, response, url) {
    let path = join(dist, normalize(url.pathname));
    const hashed = url.pathname.startsWith('/assets/');
    if (!path.startsWith(dist) || !existsSync(path) || statSync(path).isDirectory()) {
      if (hashed) return send(response, 404, { error: { code: 'not_found', message: 'no such file' } });
      path = join(dist, 'index.html');
    }
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache' };
    if (existsSync(`${path}.br`) && (request.headers['accept-encoding'] ?? '').includes('br')) {
      response.writeHead(200, { ...headers, 'Content-Encoding': 'br' });
      return response.end(readFileSync(`${path}.br`));
    }
    if (existsSync(`${path}.gz`) && (request.headers['accept-encoding'] ?? '').includes('gzip')) {
      response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip' });
      return response.end(readFileSync(`${path}.gz`));
    }
    response.writeHead(200, headers);
    createReadStream(path).pipe(response);
  }

  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    shop,
    log,
    close: () => new Promise((done) => { for (const stream of streams) stream.end(); server.closeAllConnections?.(); server.close(done); }),
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const mock = await startMock({ port: Number(process.env.PORT ?? 8080), signedIn: process.env.SIGNED_IN === '1' });
  console.log(`mock of the API on ${mock.url} (name lin, password "correct horse")`);
}
