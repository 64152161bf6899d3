// receivers.mjs DIRECTORY: what a node's alerts are sent to, on its loopback, over TLS with DIRECTORY/tls.key and tls.crt:
// HTTPS on port 8443, mail on ports 465 and 587 (with STARTTLS, for the login fjord:pa"ss\word), and on port 18222 what
// NATS Streaming 0.25.6 has been seen to answer. Asked by its parent with hosts to refuse (until asked again) and the
// number of calls that wait in the queue, it says what has arrived, and forgets it.
import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

const [directory] = process.argv.slice(2);
const [key, cert] = ['tls.key', 'tls.crt'].map((name) => readFileSync(join(directory, name)));
let arrived = [];
let refused = [];
let waiting = 0;

const textOf = async (stream) => {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

const https = createServer({ key, cert }, async (request, response) => {
  const { method, url, headers } = request;
  const body = await textOf(request);
  const [host] = headers.host.split(':');
  if (refused.includes(host)) return response.writeHead(503).end();
  if (url === '/moved') return response.writeHead(302, { location: 'https://other.example.no:8443/' }).end();
  arrived.push({ host, method, url, headers, body });
  response.end('ok');
});

const mail = (secure) =>
  new SMTPServer({
    secure,
    key,
    cert,
    onAuth: ({ username, password }, _, done) =>
      username === 'fjord' && password === 'pa"ss\\word' && !refused.includes('smtp.example.no')
        ? done(null, { user: username })
        : done(new Error('wrong login')),
    onData: async (stream, { envelope }, done) => {
      const body = await textOf(stream);
      const { mailFrom, rcptTo } = envelope;
      arrived.push({
        host: 'smtp.example.no',
        from: mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        body,
      });
      done();
    },
  });

const nats = createHttp((_, response) => {
  const subscriptions = [
    { client_id: 'worker', queue_name: 'faas', max_inflight: 1, last_sent: 1, pending_count: 1 },
  ];
  const channel = { name: 'faas-request', msgs: waiting, first_seq: 1, last_seq: 1 + waiting, subscriptions };
  response.end(JSON.stringify({ cluster_id: 'faas-cluster', count: 1, channels: [channel] }));
});

const listening = [
  [https, 8443],
  [mail(true), 465],
  [mail(false), 587],
  [nats, 18222],
].map(([server, port]) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)));
await Promise.all(listening);
process.send('listening');

process.on('message', ({ number, value }) => {
  refused = value.refuse ?? [];
  waiting = value.waiting ?? 0;
  process.send({ number, value: arrived });
  arrived = [];
});
process.on('disconnect', () => process.exit());
