// Pages for other machines: the program behind a proxy that speaks encrypted, as whoever runs it for others has it.

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { PROGRAM } from './walk.js';

/** A certificate for this machine by nobody, which the browser of the walk is told to take. */
function certificate(folder) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** Hands each request on to the program, with the machine that it came from. */
async function proxy(folder) {
  let behind;
  const server = createServer(certificate(folder), (asked, answer) => {
    const headers = { ...asked.headers, 'x-forwarded-for': asked.socket.remoteAddress };
    const on = request({ host: '127.0.0.1', port: behind, path: asked.url, method: asked.method, headers }, (came) => {
      answer.writeHead(came.statusCode, came.headers);
      came.pipe(answer);
    });
    on.on('error', () => answer.destroy());
    answer.on('close', () => on.destroy());
    asked.pipe(on);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, origin: `https://localhost:${server.address().port}`, to: (port) => { behind = port; } };
}

/** Starts the program for others over a data file; `open` is the link by which its owner sets up a login. */
export async function forOthers(folder, args) {
  const { server, origin, to } = await proxy(folder);
  const child = spawn(PROGRAM, [...args(folder), '--at', origin], {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.on('exit', () => server.close());
  let said = '';
  const open = await new Promise((found, failed) => {
    const listen = (words) => {
      said += words;
      const port = /asks 127\.0\.0\.1:(\d+)/.exec(said);
      const link = /https:\/\/\S+\/begin\/\S+/.exec(said);
      if (!port || !link) return;
      to(Number(port[1]));
      found(link[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`The program ended with ${code}: ${said.slice(-2000)}`)));
  });
  return { child, open, origin };
}
