import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { connect as plainConnect } from 'node:net';
import { connect } from 'node:tls';
import type { Answer, Ask, ClientTask, Exchange, Numbered } from './messages.ts';

// A client of nginx, told by its parent what to do; it does everything at once that it is told at once.

const kept = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
const fresh = new Agent({ maxCachedSessions: 0, rejectUnauthorized: false });
const plain = new PlainAgent();

process.on('message', ({ number, value }: Numbered<ClientTask>) => {
  (value.do === 'ask' ? ask(value.ask) : exchange(value.exchange)).then(
    (reply) => process.send?.({ number, value: reply }),
    (error: Error) => process.send?.({ number, error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('listening');

function ask({ domain, path, body, keep, ...one }: Ask & { domain: string }): Promise<Answer> {
  const { address = '127.0.0.1', port = 443, servername = domain } = one;
  const options: RequestOptions = {
    host: address,
    servername: servername ?? '',
    method: one.method ?? 'GET',
    ...{ port, path },
    maxHeaderSize: 2 ** 20,
    headers: {
      host: domain,
      ...(body !== undefined && {
        'content-length': typeof body === 'number' ? body : Buffer.byteLength(body),
      }),
      ...one.headers,
    },
    ...(one.from !== undefined && { localAddress: one.from }),
  };
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent =
      port === 80
        ? plainRequest({ ...options, agent: plain })
        : request({ ...options, agent: keep ? kept : fresh });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const pieces: number[] = [];
      let [text, size] = ['', 0];
      response.on('data', (piece: Buffer) => {
        pieces.push(performance.now() - begun);
        size += piece.length;
        if (text.length < 65_536) text += piece.toString('latin1');
      });
      response.on('error', reject);
      response.on('end', () => {
        const headers = Object.entries(response.headersDistinct);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(headers.map(([name, values]) => [name, values?.join(', ') ?? ''])),
          body: text.slice(0, 65_536),
          ...{ size, pieces },
          took: performance.now() - begun,
        });
      });
    });
    if (typeof body === 'number') send(sent, body);
    else sent.end(body);
  });
}

/** Writes that many bytes as fast as they are taken. */
function send(to: NodeJS.WritableStream, bytes: number): void {
  const piece = Buffer.alloc(Math.min(bytes, 65_536));
  let left = bytes;
  const more = () => {
    while (left > 0) {
      const next = piece.subarray(0, Math.min(left, piece.length));
      left -= next.length;
      if (!to.write(next)) return to.once('drain', more);
    }
    return to.end();
  };
  more();
}

/** Sends bytes, over TLS but on port 80, and gives what comes back until the other side ends, or two seconds pass. */
function exchange({ domain, bytes, ...one }: Exchange & { domain: string }): Promise<string> {
  const { address = '127.0.0.1', port = 443, servername = domain } = one;
  return new Promise((resolve, reject) => {
    let text = '';
    const socket =
      port === 80
        ? plainConnect({ host: address, port })
        : connect({ host: address, port, servername: servername ?? '', rejectUnauthorized: false });
    socket.setTimeout(2000, () => socket.destroy());
    socket.on(port === 80 ? 'connect' : 'secureConnect', () => socket.write(bytes, 'latin1'));
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
