import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import type { Fault } from './faults.ts';

/** Where a booted node reaches the stand-in server: port 80 of this address, and no other machine at all. */
const standInAddress = '10.0.2.100';

/** What `k3s.downloadFrom` must be for a node to take K3s from the stand-in server. */
export const releasesUrl = `http://${standInAddress}/k3s`;

/** What `k3s.installer.url` must be. */
export const installerUrl = `http://${standInAddress}/install.sh`;

const standIn = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'stand-in', name));

const installer = (): Buffer => readFileSync(join(import.meta.dirname, '../../rehearsal/world/install.sh'));

/** The stand-in K3s binary of one release, such as `v1.36.5+k3s1`. */
function k3sBinary(version: string): Buffer {
  return Buffer.from(standIn('k3s').toString().replace('@VERSION@', version));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What `k3s.installer.sha256` must be. */
export function installerSha256(): string {
  return sha256(installer());
}

/** A running stand-in for the K3s release server and the package mirror. */
export interface StandInServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Each request so far, as `GET /path 200`, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the stand-in server on a free loopback port. `GET /from-now-on?NAME` gives it another fault in place of those
 * that it has; without a name it has none.
 *
 * @param mirror the directory with the apt archive
 */
export async function startStandInServer(mirror: string, faults: readonly Fault[]): Promise<StandInServer> {
  const requests: string[] = [];
  let current: readonly string[] = faults;
  const server = createServer((request, response) => {
    response.on('close', () => requests.push(`${request.method} ${request.url} ${response.statusCode}`));
    const [path, next] = (request.url ?? '').split('?');
    if (path === '/from-now-on') {
      current = next ? [next] : [];
      send(response, 200);
    } else {
      answer(request, response, mirror, current);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  mirror: string,
  faults: readonly string[],
): void {
  const path = decodeURIComponent(new URL(request.url ?? '/', `http://${standInAddress}`).pathname);
  const [, version, file] = /^\/k3s\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (path.startsWith('/debian/')) {
    if (faults.includes('package-mirror-down')) send(response, 503);
    else sendFile(response, join(mirror, normalize(path.slice('/debian'.length))));
  } else if (path === '/install.sh') {
    send(response, 200, installer());
  } else if (version && file === 'k3s') {
    sendBinary(response, k3sBinary(version), faults);
  } else if (version && file?.startsWith('sha256sum-')) {
    send(response, 200, Buffer.from(hashList(k3sBinary(version))));
  } else {
    send(response, 404);
  }
}

function sendBinary(response: ServerResponse, binary: Buffer, faults: readonly string[]): void {
  if (faults.includes('k3s-download-hangs')) return;
  if (faults.includes('k3s-download-fails')) {
    response.writeHead(200, { 'content-length': binary.length });
    response.write(binary.subarray(0, binary.length / 2));
    setTimeout(() => response.destroy(), 100);
    return;
  }
  send(response, 200, faults.includes('k3s-hash-wrong') ? changed(binary) : binary);
}

/** As the release's own list: the binary among other files. */
function hashList(binary: Buffer): string {
  const others = [
    'k3s-airgap-images-amd64.tar',
    'k3s-airgap-images-amd64.tar.zst',
    'k3s-airgap-images-amd64.tar.gz',
  ];
  const lines = others.map((name) => `${sha256(Buffer.from(name))}  ${name}`);
  return `${[...lines, `${sha256(binary)}  k3s`].join('\n')}\n`;
}

function changed(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from('# changed on the way\n')]);
}

function sendFile(response: ServerResponse, file: string): void {
  if (existsSync(file)) send(response, 200, readFileSync(file));
  else send(response, 404);
}

function send(response: ServerResponse, status: number, body: Buffer = Buffer.alloc(0)): void {
  response.writeHead(status, { 'content-length': body.length });
  response.end(body);
}
