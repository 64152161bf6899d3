import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Numbered, UpstreamRequest } from './messages.ts';

// Stands in for the OpenFaaS gateway at each ADDRESS:PORT. The query of a request says how to answer it:
//   delay=MS         begins to answer after MS milliseconds
//   size=BYTES       answers that many bytes
//   header=BYTES     answers a header of that many bytes
//   send=NAME=VALUE  answers with that header too
//   status=NUMBER   answers with that status; the request's header X-Stub-Status with one path and one status does too
//   events=N&each=MS answers N server-sent events, one every MS milliseconds
// otherwise it answers what arrived, as JSON. Asked by its parent, it tells all that has arrived, and forgets it.

const addresses = process.argv.slice(2);
let requests: UpstreamRequest[] = [];
let connections = 0;
const numbers = new WeakMap<object, number>();
const bodies = new Map<number, Buffer>();

await Promise.all(addresses.map(listen));
process.send?.('listening');

process.on('message', ({ number }: Numbered<undefined>) => {
  process.send?.({ number, value: requests });
  requests = [];
});
process.on('disconnect', () => process.exit());

function listen(place: string): Promise<void> {
  const at = place.lastIndexOf(':');
  const [host, port] = [place.slice(0, at).replace(/^\[|\]$/g, ''), place.slice(at + 1)];
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  server.on('connection', (socket) => numbers.set(socket, ++connections));
  server.on('upgrade', ({ headers }, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${headers.upgrade}\r\nConnection: Upgrade\r\n\r\nhello`,
    );
  });
  return new Promise((resolve) => server.listen({ port: Number(port), host, backlog: 4096 }, resolve));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', httpVersion } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(', ') ?? '']),
  );
  let received = 0;
  for await (const piece of request) received += (piece as Buffer).length;
  const arrived = {
    connection: numbers.get(request.socket) ?? 0,
    ...{ httpVersion, method, url, headers, received },
  };
  requests.push(arrived);

  const query = new URL(`http://stub${url.replace(/^[^?]*/, '/')}`).searchParams;
  const figure = (name: string) => Number(query.get(name) ?? 0);
  const [path, status] = headers['x-stub-status']?.split(' ') ?? [];
  response.statusCode = Number(query.get('status') ?? (path === url ? status : 200));
  if (query.has('delay')) await wait(figure('delay'));
  if (query.has('header')) response.setHeader('x-large', 'x'.repeat(figure('header')));
  for (const sent of query.getAll('send')) {
    const [name = '', value = ''] = sent.split('=');
    response.setHeader(name, value);
  }
  if (query.has('events')) return events(response, figure('events'), figure('each'));
  if (query.has('size')) {
    response.setHeader('content-length', figure('size'));
    response.end(filled(figure('size')));
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('x-auth-request-user', 'kari');
  response.end(JSON.stringify(arrived));
}

/** So many bytes, which all answers of that size share. */
function filled(size: number): Buffer {
  const bytes = bodies.get(size) ?? Buffer.alloc(size, 'x');
  bodies.set(size, bytes);
  return bytes;
}

async function events(response: ServerResponse, count: number, each: number): Promise<void> {
  response.setHeader('content-type', 'text/event-stream');
  for (let number = 1; number <= count; number++) {
    response.write(`data: ${number}\n\n`);
    await wait(each);
  }
  response.end();
}
