// stand-in-proxy.mjs DIRECTORY: an HTTP proxy on port 3128, and beside it, on ports 80 and 443, the same hosts without it.
// Each request is a line of DIRECTORY/log, after `proxied` or `direct`. By https and by http, all hosts are one server.
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';

const directory = process.argv[2];
const file = (name) => readFileSync(join(directory, name));
const note = (way, what) => appendFileSync(join(directory, 'log'), `${way} ${what}\n`);

/** An archive of packages without any, a bucket without objects, and something for whatever else is asked. */
function answer(path, method, response) {
  if (/Packages$/.test(path))
    return response.writeHead(200, { 'Last-Modified': new Date(0).toUTCString() }).end();
  response.writeHead(method === 'HEAD' || /\/debian\//.test(path) ? 404 : 200).end('a download\n');
}

async function bodyOf(request) {
  for await (const _ of request);
}

const direct = (scheme) => async (request, response) => {
  await bodyOf(request);
  // Of a tunnel, the proxy has already noted the host.
  if (request.socket.remoteAddress !== '127.0.0.9') {
    note('direct', `${request.method} ${scheme}://${request.headers.host}${request.url}`);
  }
  answer(request.url, request.method, response);
};

const proxy = createServer(async (request, response) => {
  await bodyOf(request);
  note('proxied', `${request.method} ${request.url}`);
  answer(request.url, request.method, response);
});
proxy.on('connect', (request, client) => {
  note('proxied', `CONNECT ${request.url}`);
  const server = connect({ port: 443, host: '127.0.0.1', localAddress: '127.0.0.9' }, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    client.pipe(server).pipe(client);
  });
  for (const end of [client, server]) end.on('error', () => undefined);
});

const tls = createTlsServer({ key: file('tls.key'), cert: file('tls.crt') }, direct('https'));
const listening = [
  [proxy, 3128],
  [createServer(direct('http')), 80],
  [tls, 443],
].map(([server, port]) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)));
await Promise.all(listening);
console.log('ready');
