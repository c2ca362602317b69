// Stoplight's Prism between a client and the sandbox: it holds every request and every answer against Amazon's own models.
//
// `prism proxy` serves one model; Prism's server takes the operations of all of them at once. In front of it stands a recorder
// that keeps what Prism found (`sl-violations`) and leads past it what is not of the models: tokens, documents, controls.
import { createLogger } from '@stoplight/prism-core';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { createServer as createPrism } from '@stoplight/prism-http-server';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

export async function startPrism(models, sandboxUrl) {
  const operations = (await Promise.all(readdirSync(models).filter((name) => name.endsWith('.json')).map((name) => getHttpOperationsFromSpec(join(models, name))))).flat();
  // The models name Amazon's hosts and https; what is judged here is paths, parameters and bodies.
  for (const operation of operations) operation.servers = [];
  const prism = createPrism(operations, {
    cors: false,
    config: { isProxy: true, upstream: new URL(sandboxUrl), validateRequest: true, validateResponse: true, checkSecurity: true, errors: false, mock: { dynamic: false }, upstreamProxy: undefined },
    components: { logger: createLogger('prism', { level: 'silent' }) },
  });
  const judge = new URL(await prism.listen(0, '127.0.0.1'));
  const sandbox = new URL(sandboxUrl);

  const seen = [];  // { method, path, status, violations }
  const recorder = http.createServer((request, reply) => {
    const path = request.url.split('?')[0];
    const judged = !/^\/(_sandbox|auth|documents|track|apps)(\/|$)/.test(path);
    const onward = http.request({ host: '127.0.0.1', port: (judged ? judge : sandbox).port, method: request.method, path: request.url, headers: { ...request.headers, connection: 'close' } }, (answer) => {
      const bytes = [];
      answer.on('data', (part) => bytes.push(part));
      answer.on('end', () => {
        const { 'sl-violations': found, ...headers } = answer.headers;
        const problem = judged && /problem\+json/.test(headers['content-type'] ?? '') ? [{ location: ['prism'], severity: 'Error', message: Buffer.concat(bytes).toString() }] : [];
        if (judged) seen.push({ method: request.method, path: request.url, status: answer.statusCode, violations: [...problem, ...(found ? JSON.parse(found) : [])] });
        let body = Buffer.concat(bytes);
        // Whoever asks where the sandbox is shall come back here.
        if (path === '/_sandbox') body = Buffer.from(body.toString().replaceAll(sandboxUrl, url));
        delete headers['transfer-encoding'];
        reply.writeHead(answer.statusCode, { ...headers, ...(body.length || headers['content-length'] ? { 'content-length': body.length } : {}) });
        reply.end(body);
      });
    });
    onward.on('error', () => reply.destroy());
    request.pipe(onward);
  });
  await new Promise((listening) => recorder.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${recorder.address().port}`;
  return {
    url,
    seen,
    operations: operations.length,
    stop: async () => {
      recorder.closeAllConnections();
      await new Promise((closed) => recorder.close(closed));
      await prism.close();
    },
  };
}
