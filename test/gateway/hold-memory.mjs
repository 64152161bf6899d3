import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:tls';

// Clients that make nginx hold as much as it will, for some seconds: KIND CALLS ADDRESSES SECONDS DOMAIN FUNCTION
//   uploads          each sends all but the last byte of 1 MiB
//   headers          each sends headers of 60 KB that never end
//   readers          each asks for 16 MiB, more than the kernel's buffers take, and reads nothing
//   streams          as uploads, over one connection of HTTP/2 of each address
//   unread-streams   as readers, over one connection of HTTP/2 of each address, with a window of nothing
// It prints how many were open at the end.

const [kind, calls, addresses, seconds, domain, name] = process.argv.slice(2);
const over2 = kind.endsWith('streams');
const path = `/function/${name}`;
const large = `${path}?size=${16 * 2 ** 20}`;
const mebibyte = 2 ** 20;
let open = 0;

const socketOf = (index) =>
  connect({
    host: '127.0.0.1',
    port: 443,
    localAddress: `127.7.0.${1 + (index % Number(addresses))}`,
    servername: domain,
    rejectUnauthorized: false,
    ALPNProtocols: [over2 ? 'h2' : 'http/1.1'],
  });

function alone(index) {
  const socket = socketOf(index);
  socket.on('error', () => {});
  socket.on('secureConnect', () => {
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
    if (kind === 'readers') {
      socket.pause();
      socket.write(`GET ${large} HTTP/1.1\r\nHost: ${domain}\r\n\r\n`);
    } else if (kind === 'uploads') {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: ${domain}\r\nContent-Length: ${mebibyte}\r\n\r\n`);
      socket.write(Buffer.alloc(mebibyte - 1));
    } else {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${domain}\r\n`);
      for (let line = 0; line < 4; line++) socket.write(`X-${line}: ${'x'.repeat(15_000)}\r\n`);
    }
  });
}

function together(index) {
  const unread = kind === 'unread-streams';
  const session = connectHttp2(`https://${domain}`, {
    createConnection: () => socketOf(index),
    ...(unread && { settings: { initialWindowSize: 0 } }),
  });
  session.on('error', () => {});
  for (let each = 0; each < Number(calls) / Number(addresses); each++) {
    const stream = session.request(
      unread ? { ':path': large } : { ':method': 'POST', ':path': path, 'content-length': mebibyte },
    );
    open += 1;
    stream.on('error', () => {});
    stream.on('close', () => {
      open -= 1;
    });
    if (!unread) stream.write(Buffer.alloc(mebibyte - 1));
  }
}

const count = Number(over2 ? addresses : calls);
// Not all handshakes at once: a client that waits too long for its own is sent away.
for (let index = 0; index < count; index++) setTimeout(over2 ? together : alone, index * 4, index);
setTimeout(() => {
  console.log(open);
  process.exit();
}, Number(seconds) * 1000);
