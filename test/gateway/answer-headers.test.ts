import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const image = 'ghcr.io/example/stub:1';
const policy = "default-src 'self'; frame-ancestors 'none'";

/** Values of every character that a header's may have, by a name for each. */
const generated = Object.fromEntries(
  fc
    .sample(fc.stringMatching(/^[!-#%-~]([ -#%-~]{0,80}[!-#%-~])?$/), { numRuns: 80, seed: 7 })
    .map((value, index) => [`X-Generated-${index}`, value]),
);

describeGateway('headers of answers', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      ...gatewayPlatform,
      functions: {
        ...gatewayPlatform.functions,
        open: { image, http: { cors: { origins: ['*'], exposeHeaders: ['X-Own'] } } },
        below: {
          image,
          http: { cors: { origins: ['https://*.example.no', 'https://a.example:8443'], credentials: true } },
        },
        gate: { image, expose: false },
        asked: {
          image,
          http: { auth: { function: 'gate' }, cors: { origins: ['https://shop.example.no'] } },
        },
      },
      gateway: {
        ...gatewayPlatform.gateway,
        aliases: ['functions.example.com'],
        redirects: { 'www.example.com': 'functions.example.com', 'www.example.no': 'functions.example.no' },
        headers: { ...generated, 'Content-Security-Policy': policy, 'X-Frame-Options': 'DENY' },
      },
    });
  });
  afterAll(() => gateway?.stop());

  const all = {
    ...Object.fromEntries(Object.entries(generated).map(([name, value]) => [name.toLowerCase(), value])),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };

  it('are on those of functions and of nginx itself, byte for byte as they are written', async () => {
    const statuses = await Promise.all(
      [
        { path: '/function/echo' },
        { path: '/function/echo?status=500' },
        { path: '/function/asked' },
        { path: '/function/asked', method: 'OPTIONS', headers: { origin: 'https://shop.example.no' } },
        { path: '/nowhere' },
        { path: '/a/../b' },
        { path: '/function/echo', body: 2_000_000, method: 'POST' },
      ].map(async (ask) => {
        const { status, headers } = await gateway.ask(ask);
        expect(headers, ask.path).toMatchObject(all);
        return status;
      }),
    );
    expect(statuses).toEqual([200, 500, 200, 204, 404, 400, 413]);
  });

  it("leave a function's own as it is, also where another function was asked before", async () => {
    for (const name of ['echo', 'asked']) {
      const sent = 'send=X-Frame-Options=SAMEORIGIN&send=content-security-policy=sandbox';
      const { headers } = await gateway.ask(`/function/${name}?${sent}`);
      expect(headers).toMatchObject({
        ...all,
        'x-frame-options': 'SAMEORIGIN',
        'content-security-policy': 'sandbox',
      });
    }
  });

  const allowed = async (name: string, origin: string, method = 'GET') => {
    const { headers } = await gateway.ask({ path: `/function/${name}`, method, headers: { origin } });
    return headers['access-control-allow-origin'];
  };

  it('let every site read them where that is meant, and never with credentials', async () => {
    for (const method of ['GET', 'OPTIONS'])
      expect(await allowed('open', 'https://any.where', method)).toBe('*');
    const { headers } = await gateway.ask({ path: '/function/open?status=500', headers: { origin: 'null' } });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers.vary).toBeUndefined();
  });

  it('let the sites below a domain read them, and no other', async () => {
    const sites = ['https://shop.example.no', 'https://a.b.example.no', 'https://a.example:8443'];
    for (const method of ['GET', 'OPTIONS']) {
      for (const site of sites) expect(await allowed('below', site, method)).toBe(site);
    }
    for (const site of [
      'https://example.no',
      'http://shop.example.no',
      'https://shop.example.no:8443',
      'https://shopexample.no',
      'https://shop.example.no.evil.example',
      'https://evil.example/.example.no',
      'https://evil.example#.example.no',
      'https://shop.example-no',
      'https://.example.no',
      'null',
    ]) {
      expect(await allowed('below', site), site).toBeUndefined();
    }
  });

  it('a second domain is the platform, and others lead there with path and query, each with its certificate', async () => {
    await gateway.arrived();
    const at = (domain: string, path: string, method = 'GET') => gateway.ask({ domain, path, method });
    const second = 'functions.example.com';
    expect(await at(second, '/function/echo/x?y=z')).toMatchObject({ status: 200, headers: all });
    const [call] = await gateway.arrived();
    expect(call).toMatchObject({ url: '/function/echo/x?y=z', headers: { 'x-forwarded-host': second } });
    expect(await at(second, '/nowhere')).toMatchObject({ status: 404 });
    expect(await at(second, '/system/functions')).toMatchObject({ status: 404 });
    for (const [from, to] of [
      ['www.example.com', second],
      ['www.example.no', gateway.domain],
    ] as const) {
      expect(await at(from, '/function/echo/%7ea?y=z', 'POST')).toMatchObject({
        status: 308,
        headers: {
          ...all,
          location: `https://${to}/function/echo/%7ea?y=z`,
          'strict-transport-security': 'max-age=63072000',
        },
      });
      expect(await at(from, '/a//b')).toMatchObject({ status: 400 });
      const plain = await gateway.ask({ domain: from, port: 80, path: '/x' });
      expect(plain).toMatchObject({ status: 308, headers: { location: `https://${from}/x` } });
    }
    expect(await gateway.arrived()).toEqual([]);
    for (const name of [second, 'www.example.com', 'www.example.no']) {
      const { stdout } = await gateway.node.run(
        `openssl s_client -connect 127.0.0.1:443 -servername ${name} </dev/null 2>/dev/null |
         openssl x509 -noout -ext subjectAltName`,
      );
      expect(stdout).toContain(`DNS:${name}\n`);
    }
  });
});
