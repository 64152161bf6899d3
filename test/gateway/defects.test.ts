import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { journalFile } from './journal.ts';
import { compiledNodeFiles } from './node-files.ts';
import { clients6, type RunningGateway, startGateway, startGatewayOf } from './running-gateway.ts';
import { temporaryDirectories } from './temporary-files.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const megabyte = 1_000_000;

// Each test is of one defect that a short conf for the same purpose has although `nginx -t` takes it.
describeGateway('what the short conf gets wrong is right', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayPlatform);
  });
  afterAll(() => gateway?.stop());

  it('defect 1: IPv6 on 443', async () => {
    const redirected = await gateway.ask({ path: '/function/echo', address: '::1', port: 80 });
    expect(redirected.headers.location).toBe('https://functions.example.no/function/echo');
    expect(await gateway.ask({ path: '/function/echo', address: '::1' })).toMatchObject({ status: 200 });
  });

  it('defect 2: connections to the gateway are kept', async () => {
    await gateway.arrived();
    for (let count = 0; count < 20; count++) await gateway.ask({ path: '/function/echo', keep: true });
    const connections = (await gateway.arrived()).map(({ connection }) => connection);
    expect(connections).toHaveLength(20);
    expect(new Set(connections).size).toBe(1);
  });

  it('defect 3: nginx waits as long as the functions may take', async () => {
    const functions = { echo: { ...gatewayPlatform.functions.echo, timeout: '1s' } };
    const quick = await startGateway({ ...gatewayPlatform, functions });
    // exec 1 s, upstream 1 s, gateway 6 s, nginx 11 s.
    const answers = await Promise.all(
      [9000, 15_000].map((delay) => quick.ask(`/function/echo?delay=${delay}`)),
    );
    await quick.stop();
    expect(answers.map(({ status }) => status)).toEqual([200, 504]);
    expect(answers[1]?.took).toBeGreaterThan(10_900);
    expect(answers[1]?.took).toBeLessThan(13_000);
  });

  it('defect 4: no request body is written to disk', async () => {
    const before = temporaryDirectories(gateway);
    await gateway.arrived();
    for (const [name, body] of [
      ['upload', 50 * 2 ** 20],
      ['echo', 2 ** 20],
    ] as const) {
      const answer = await gateway.ask({ method: 'POST', path: `/function/${name}`, body });
      expect(answer.status).toBe(200);
    }
    expect((await gateway.arrived()).map(({ received }) => received)).toEqual([50 * 2 ** 20, 2 ** 20]);
    expect(temporaryDirectories(gateway)).toEqual(before);
  });

  it('defect 5: if one were, the log would say so', async () => {
    const spilling = compiledNodeFiles(gatewayPlatform).map((file) => ({
      ...file,
      text: file.text.replaceAll(/client_body_buffer_size .*;/g, 'client_body_buffer_size 8k;'),
    }));
    const other = await startGatewayOf(spilling);
    const before = temporaryDirectories(other);
    await other.ask({ method: 'POST', path: '/function/echo', body: 500_000 });
    expect(temporaryDirectories(other)).not.toEqual(before);
    const log = readFileSync(other.node.file(journalFile), 'utf8');
    await other.stop();
    expect(log).toContain('a client request body is buffered to a temporary file');
    expect(readFileSync(gateway.node.file(journalFile), 'utf8')).toBe('');
  });

  it('defect 6: no answer is written to disk', async () => {
    const before = temporaryDirectories(gateway);
    const url = `https://${gateway.domain}/function/echo?size=${10 * megabyte}`;
    const { stdout } = await gateway.curl(
      ...['--limit-rate', '4M', '--output', '/dev/null', '--write-out', '%{size_download}', url],
    );
    expect(stdout).toBe(String(10 * megabyte));
    expect(temporaryDirectories(gateway)).toEqual(before);
  });

  it('defect 7: events arrive one by one', async () => {
    const { headers, pieces } = await gateway.ask({
      path: '/function/events?events=4&each=400',
      headers: { accept: 'text/event-stream' },
    });
    expect(headers['content-type']).toBe('text/event-stream');
    expect(pieces).toHaveLength(4);
    pieces.slice(1).forEach((at, index) => {
      expect(at - (pieces[index] ?? 0)).toBeGreaterThan(300);
    });
  });

  it('defect 8: websocket, where it can be, and a plain answer where it cannot', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    const ask = (name: string) =>
      gateway.exchange({
        bytes: `GET /function/${name} HTTP/1.1\r\nHost: ${gateway.domain}\r\n${Object.entries(upgrade)
          .map(([key, value]) => `${key}: ${value}\r\n`)
          .join('')}\r\n`,
      });
    expect(await ask('socket')).toMatch(/^HTTP\/1\.1 101 [\s\S]*hello$/);
    await gateway.arrived();
    expect(await ask('echo')).toMatch(/^HTTP\/1\.1 200 /);
    expect((await gateway.arrived())[0]?.headers).not.toHaveProperty('upgrade');
  });

  it('defect 9: what clients say of where they come from does not get through', async () => {
    await gateway.arrived();
    const headers = {
      'X-Forwarded-For': '6.6.6.6',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-Port': '81',
      'X-Real-IP': '6.6.6.6',
      Forwarded: 'for=6.6.6.6',
      Proxy: 'http://6.6.6.6',
    };
    await gateway.ask({ path: '/function/echo', headers });
    const [arrived] = await gateway.arrived();
    expect(arrived?.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': gateway.domain,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-real-ip': '127.0.0.1',
    });
    expect(JSON.stringify(arrived)).not.toMatch(/6\.6\.6\.6|evil/);
  });

  it('defect 10: no caller chooses where results are sent', async () => {
    await gateway.arrived();
    await gateway.ask({ path: '/function/echo', headers: { 'X-Callback-Url': 'http://10.43.0.1/' } });
    await gateway.ask({
      method: 'POST',
      path: '/async-function/later',
      headers: { 'X-Callback-Url': 'http://10.43.0.1/' },
    });
    const arrived = await gateway.arrived();
    expect(arrived.map(({ url }) => url)).toEqual(['/function/echo', '/async-function/later']);
    for (const { headers } of arrived) expect(headers).not.toHaveProperty('x-callback-url');
  });

  it.each([
    ...['/system/functions', '/system/secrets', '/system/telemetry', '/ui/', '/', '/function/'],
    ...[
      '/async-function/echo',
      '/function/echo.openfaas-fn',
      '/function/other',
      '/function/echoo',
      '/metrics',
    ],
  ])('defect 11: only what is declared is public: not %s', async (path) => {
    await gateway.arrived();
    expect(await gateway.ask(path)).toMatchObject({ status: 404 });
    expect(await gateway.arrived()).toEqual([]);
  });

  it('defect 12: other names get nothing', async () => {
    await expect(gateway.ask({ path: '/function/echo', servername: null })).rejects.toThrow('unrecognized');
    await expect(gateway.ask({ path: '/function/echo', servername: 'a.example' })).rejects.toThrow('unrecog');
    const other = { Host: 'a.example' };
    expect(await gateway.ask({ path: '/function/echo', headers: other })).toMatchObject({ status: 421 });
    await expect(gateway.ask({ path: '/', port: 80, headers: other })).rejects.toThrow('socket hang up');
  });
});

describeGateway('what the short conf gets wrong of limits is right', () => {
  const rateLimit = { rate: '6r/m', burst: 20 };
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({ ...gatewayPlatform, gateway: { rateLimit } });
  });
  afterAll(() => gateway?.stop());
  const many = async (count: number, from: string) => {
    const address = from.includes(':') ? '::1' : '127.0.0.1';
    const asked = Array.from({ length: count }, () => gateway.ask({ path: '/function/echo', address, from }));
    const answers = await Promise.all(asked);
    return [200, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
  };

  it('defect 13: too many requests are told so, with 429 and when to come again', async () => {
    expect(await many(60, '127.0.0.2')).toEqual([21, 39]);
    const refused = await gateway.ask({ path: '/function/echo', from: '127.0.0.2' });
    expect(refused).toMatchObject({
      status: 429,
      headers: {
        'content-type': 'application/json',
        'retry-after': expect.stringMatching(/^[1-9]\d*$/),
        'strict-transport-security': 'max-age=63072000',
      },
    });
    expect(JSON.parse(refused.body)).toMatchObject({ error: 'too many requests', status: 429 });
  });

  it('defect 14: an IPv6 customer is one client', async () => {
    const [first, same, other] = clients6;
    expect(await many(30, first)).toEqual([21, 9]);
    expect(await many(30, same)).toEqual([0, 30]);
    expect(await many(30, other)).toEqual([21, 9]);
  });

  it('defect 15: a burst as large as what comes at once lets all of it through', async () => {
    const wide = { rateLimit: { rate: '6r/m', burst: 63 } };
    gateway = await gateway.stop().then(() => startGateway({ ...gatewayPlatform, gateway: wide }));
    expect(await many(64, '127.0.0.1')).toEqual([64, 0]);
  });
});
