import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { itOnNewestNginx } from '../conformance/compiled-nodes.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { journalFile } from './journal.ts';
import { compiledNodeFiles } from './node-files.ts';
import { type RunningGateway, startGateway, startGatewayOf } from './running-gateway.ts';

vi.setConfig({ testTimeout: 300_000 });

/** The limits that a config has that says nothing of them: 10 a second, and 20 at once. */
const platform: PlatformConfig = { ...gatewayPlatform, gateway: {} };
const asked = 300;

/** How many of so many requests got which status; 000 is a connection that was closed. */
async function statuses(gateway: RunningGateway, ...args: string[]): Promise<Record<string, number>> {
  const { stdout } = await gateway.curl('--output', '/dev/null', '--write-out', '%{http_code}\n', ...args);
  const counts: Record<string, number> = {};
  for (const status of stdout.trim().split('\n')) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const name = gatewayPlatform.domain;
const kinds: Record<string, { args: string[]; answer: string; past: string }> = {
  'a path that is not there': { args: [`https://${name}/nothing/[1-${asked}]`], answer: '404', past: '429' },
  'port 80': { args: [`http://${name}/function/echo?[1-${asked}]`], answer: '308', past: '429' },
  'a challenge': {
    args: [`http://${name}/.well-known/acme-challenge/[1-${asked}]`],
    answer: '404',
    past: '429',
  },
  'the health of the gateway': { args: [`https://${name}/healthz?[1-${asked}]`], answer: '200', past: '429' },
  "another one's name, past the handshake": {
    args: ['--header', 'Host: other.example.no', `https://${name}/[1-${asked}]`],
    answer: '421',
    past: '429',
  },
  'a name that is nobody’s': { args: [`http://nobody.example.no/[1-${asked}]`], answer: '000', past: '000' },
};

async function floodEach(start: () => Promise<RunningGateway>): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [kind, { args }] of Object.entries(kinds)) {
    // Each begins with a whole burst.
    const gateway = await start();
    seen[kind] = await statuses(gateway, ...args);
    await gateway.stop();
  }
  return seen;
}

function expectCounted(seen: Record<string, unknown>): void {
  for (const [kind, { answer, past }] of Object.entries(kinds)) {
    const counts = seen[kind] as Record<string, number>;
    expect([kind, Object.keys(counts).sort()]).toEqual([kind, [...new Set([answer, past])].sort()]);
    if (answer === past) continue;
    // The burst, and ten for each second that it took.
    expect(counts[answer], kind).toBeLessThan(80);
    expect((counts[answer] ?? 0) + (counts[past] ?? 0), kind).toBe(asked);
  }
}

interface Line {
  readonly [field: string]: string;
}

/** The lines of the log, also those that nginx has not written yet. */
async function linesOf({ node }: RunningGateway): Promise<Line[]> {
  await node.run('kill -USR1 $(cat /run/nginx.pid); sleep 0.5; kill -HUP $(cat /run/nginx.pid); sleep 6');
  const text = readFileSync(node.file('/var/log/nginx/openfaas.access.log'), 'latin1');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      expect(line.length).toBeLessThanOrEqual(1024);
      return JSON.parse(line) as Line;
    });
}

describeGateway('a stranger who asks without end', () => {
  it('is counted, whatever it is that is asked for', async () => {
    expectCounted(await floodEach(() => startGateway(platform)));
  });

  itOnNewestNginx('is counted by the newest nginx too', async (root) => {
    const config: PlatformConfig = { ...platform, gateway: { packages: 'nginx.org-stable' } };
    expectCounted(await floodEach(() => startGatewayOf(compiledNodeFiles(config), root)));
  });

  it('makes no line of a log longer than a kilobyte', async () => {
    const gateway = await startGateway({ ...gatewayPlatform, logs: { refused: 1 } });
    const long = (text: string, length: number) => text.repeat(length / text.length);
    const url = `https://${gateway.domain}/function/echo`;
    for (const [path, agent] of [
      [long('%01', 9000), long('"', 12_000)],
      [long('a', 12_000), long('\\', 12_000)],
      [long('%C3%A6', 6000), long('æ', 8000)],
    ]) {
      for (const version of ['--http1.1', '--http2']) {
        const args = [version, '--user-agent', agent ?? '', `${url}/${path}`];
        // What is behind may find it too long, too.
        expect(Object.keys(await statuses(gateway, ...args))).not.toEqual(['000']);
      }
    }
    await gateway.curl('--request', 'A'.repeat(9000), url);
    await manyOfOneTable(gateway, 40);
    const lines = await linesOf(gateway);
    const errors = readFileSync(gateway.node.file(journalFile), 'latin1').split('\n');
    await gateway.stop();
    expect(lines.length).toBeGreaterThan(45);
    expect(new Set(lines.map(({ method }) => method))).toEqual(new Set(['GET', 'other']));
    expect(Math.max(...errors.map((line) => line.length))).toBeLessThanOrEqual(2200);
  });

  it('leaves a sample of what was refused, and each call', async () => {
    const gateway = await startGateway(platform);
    const flood = 20;
    let refused = 0;
    for (let round = 0; round < flood; round++) {
      const counts = await statuses(gateway, `https://${gateway.domain}/nothing/[1-${asked}]`);
      refused += (counts[404] ?? 0) + (counts[429] ?? 0);
    }
    await vi.waitFor(async () => expect((await gateway.ask('/function/echo')).status).toBe(200), 20_000);
    const lines = await linesOf(gateway);
    await gateway.stop();
    expect(refused).toBe(flood * asked);
    const samples = lines.filter(({ status }) => status === '404' || status === '429');
    // A binomial of 6,000 and 1/64: 94, give or take six times 9.6.
    expect(samples.length).toBeGreaterThan(35);
    expect(samples.length).toBeLessThan(155);
    expect(new Set(samples.map(({ weight }) => weight))).toEqual(new Set(['64']));
    expect(lines.filter(({ status }) => status === '200')).toMatchObject([
      { weight: '1', uri: '/function/echo' },
    ]);
  });

  it('is told to come again where more is under way than fits', async () => {
    const gateway = await startGateway({
      ...gatewayPlatform,
      gateway: { ...gatewayPlatform.gateway, requests: 3 },
    });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => gateway.ask('/function/echo?delay=2000')),
    );
    const after = await gateway.ask('/function/echo');
    await gateway.stop();
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 503, 503, 503, 503, 503]);
    expect(answers.find(({ status }) => status === 503)).toMatchObject({
      body: expect.stringMatching(/^\{"error":"not available","status":503,"id":"\w+"\}\n$/),
      headers: { 'retry-after': '5', 'content-type': 'application/json' },
    });
    expect(after.status).toBe(200);
  });
});

/** Requests over one connection of HTTP/2: all but the first say their long agent as an entry of the header table. */
async function manyOfOneTable({ node, domain }: RunningGateway, count: number): Promise<void> {
  const script = `
    const { connect } = require('node:http2');
    const client = connect('https://127.0.0.1', { servername: '${domain}', rejectUnauthorized: false });
    let left = ${count};
    for (let each = 0; each < ${count}; each++) {
      const stream = client.request({ ':path': '/function/echo', ':authority': '${domain}', 'user-agent': '"'.repeat(3200) });
      stream.on('response', () => {}); stream.resume();
      stream.on('close', () => { if (--left === 0) client.close(); });
    }`;
  const { status, stderr } = await node.runInNetwork(process.execPath, ['--eval', script]);
  expect([status, stderr]).toEqual([0, '']);
}
