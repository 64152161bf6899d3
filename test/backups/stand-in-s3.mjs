// stand-in-s3.mjs DIRECTORY PORT KEY SECRET REGION: S3 with one account, over TLS, whose objects are files of DIRECTORY.
// It computes each request's signature itself, by AWS' documentation of Signature Version 4, and refuses any other.
import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { dirname, join } from 'node:path';

const [directory, port, key, secret, region] = process.argv.slice(2);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (by, data) => createHmac('sha256', by).update(data).digest();

function signatureOf({ method, url, headers }, signed) {
  const date = headers['x-amz-date'];
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const lines = signed.map((name) => `${name}:${headers[name].trim()}\n`).join('');
  const canonical = [method, url, '', lines, signed.join(';'), headers['x-amz-content-sha256']].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const signingKey = scope.split('/').reduce((by, part) => hmac(by, part), `AWS4${secret}`);
  return { credential: `${key}/${scope}`, signature: hmac(signingKey, text).toString('hex') };
}

function isSigned(request, body) {
  const [, credential, names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=(\S+)$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const signed = names.split(';');
  // As S3 asks: these are always signed.
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name))) return false;
  const own = signatureOf(request, signed);
  return (
    own.credential === credential &&
    own.signature === signature &&
    request.headers['x-amz-content-sha256'] === sha256(body)
  );
}

const file = (name) => readFileSync(join(directory, name));
createServer({ key: file('tls.key'), cert: file('tls.crt') }, async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const place = join(directory, 'objects', request.url);
  if (!isSigned(request, body)) return response.writeHead(403).end();
  if (request.method === 'PUT') {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, body);
    return response.writeHead(200).end();
  }
  return response.writeHead(existsSync(place) ? 200 : 404).end();
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
