// Amazon's own addresses, answered by the sandbox.
//
// Most clients have Amazon's addresses written into them. They are run as they are: connections to those hosts are led to a TLS
// server on this machine instead, whose certificate names them, and which passes the bytes on to the sandbox. The client still
// checks the certificate and the host's name, against an authority made for this run alone. Two public doors lead here: the
// agent that a client takes as an option, and Node's `https.globalAgent`, which everything uses that names no agent.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

// The sandbox's document links name its own address.
const names = ['DNS:api.amazon.com', 'DNS:sellingpartnerapi-na.amazon.com', 'DNS:sellingpartnerapi-eu.amazon.com', 'DNS:sellingpartnerapi-fe.amazon.com', 'IP:127.0.0.1'];

function certificate() {
  const home = mkdtempSync(join(tmpdir(), 'zifa-interop-'));
  const file = (name) => join(home, name);
  const openssl = (...words) => execFileSync('openssl', words, { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    writeFileSync(file('names'), `subjectAltName=${names.join(',')}\n`);
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Zifa interop tests');
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=api.amazon.com');
    openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'server.pem', '-days', '2', '-extfile', 'names');
    return { ca: readFileSync(file('ca.pem')), key: readFileSync(file('server.key')), cert: readFileSync(file('server.pem')) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

export async function playAmazonHosts(sandboxUrl) {
  const { ca, key, cert } = certificate();
  const target = new URL(sandboxUrl);
  const hosts = new Set();
  const server = tls.createServer({ key, cert }, (secure) => {
    hosts.add(secure.servername || '127.0.0.1');
    const plain = net.connect(Number(target.port), target.hostname);
    secure.pipe(plain).pipe(secure);
    for (const side of [secure, plain]) side.on('error', () => { secure.destroy(); plain.destroy(); });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();

  class Agent extends https.Agent {
    createConnection(options, connected) {
      const servername = options.servername || (net.isIP(options.host) ? undefined : options.host);
      return super.createConnection({ ...options, host: '127.0.0.1', port, ca, servername, checkServerIdentity: (_, peer) => tls.checkServerIdentity(options.host, peer) }, connected);
    }
  }
  const agent = new Agent();
  const before = https.globalAgent;
  https.globalAgent = agent;
  return {
    agent,
    hosts,  // those that were asked for
    stop: async () => {
      https.globalAgent = before;
      agent.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
