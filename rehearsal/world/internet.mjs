import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import process from 'node:process';

// internet.mjs MIRROR INSTALLER K3S ADDRESS: all of the internet that a rehearsed machine reaches. HTTP at ADDRESS: an apt
// archive below /debian, K3s' installer, K3s of any release. DNS: every name is ADDRESS. Ends with the process that
// started it.
const [, , mirror, installer, k3s, address] = process.argv;
const placeholder = Buffer.from(`@K3S-RELEASE@${' '.repeat(19)}`);

createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://internet').pathname);
  const [, version, file] = /^\/k3s\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (path.startsWith('/debian/')) sendFile(response, join(mirror, normalize(path.slice('/debian'.length))));
  else if (path === '/install.sh') sendFile(response, installer);
  else if (file === 'k3s') send(response, 200, ofRelease(version));
  else if (file?.startsWith('sha256sum-')) send(response, 200, `${sha256(ofRelease(version))}  k3s\n`);
  else send(response, 404, '');
}).listen(80, address);

const socket = createSocket('udp4');
socket.on('message', (query, from) => socket.send(answer(query), from.port, from.address));
socket.bind(53, address);

process.stdin.on('end', () => process.exit(0)).resume();

/** The one binary, with the release that it says it is. */
function ofRelease(version) {
  const binary = readFileSync(k3s);
  const at = binary.indexOf(placeholder);
  if (at >= 0) binary.write(version.padEnd(placeholder.length), at, 'latin1');
  return binary;
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function send(response, status, body) {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

function sendFile(response, file) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return send(response, 404, '');
  response.writeHead(200, { 'content-length': found.size });
  createReadStream(file).pipe(response);
}

/** An answer of type A to any question of type A; to any other, that there is nothing of the type. */
function answer(query) {
  let end = 12;
  while (query[end] !== 0 && end < query.length) end += query[end] + 1;
  const question = query.subarray(12, end + 5);
  const isA = query.readUInt16BE(end + 1) === 1;
  const head = Buffer.from([query[0], query[1], 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat(isA ? [head, question, record] : [head, question]);
}
