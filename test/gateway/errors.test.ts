import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from './describe-gateway.ts';
import type { Answer, Ask } from './messages.ts';
import { compiledNodeFiles } from './node-files.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const image = 'ghcr.io/example/stub:1';
const origin = 'https://shop.example.no';
const few = { rate: '2r/m', burst: 1 } as const;
const platform = {
  domain: 'functions.example.no',
  nodes: { 'node-1': { memory: '16Gi', cpus: 3 } },
  openfaas: { licence: 'personal' },
  functions: {
    echo: { image, maxBody: '1k' },
    few: { image, http: { rateLimit: few } },
    shop: { image, http: { cors: { origins: [origin], credentials: true }, rateLimit: few } },
    site: { image, http: { cors: { origins: [origin] } } },
    locked: { image, http: { auth: { passwordFile: '/etc/fjord/none' } } },
    asked: { image, http: { auth: { function: 'away' } } },
    // Nobody is there to answer for it.
    away: { image, expose: true, direct: { address: '10.43.0.99' }, timeout: '1s' },
    slow: { image, timeout: '1s' },
  },
  gateway: { rateLimit: { rate: '1000r/s', burst: 1000 } },
  logs: { refused: 1 },
} satisfies PlatformConfig;

const page = '<!doctype html>\n<title>Snart tilbake</title>\n<p class="a">\'Én\' \\ "to"; #3 {}\n';
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** What nginx says of itself, without what is different each time. */
const shape = ({ status, headers, body }: Answer) => {
  const { id, ...said } = JSON.parse(body) as { id: string; error: string; status: number };
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-call-id': id,
  });
  expect(said.status).toBe(status);
  return [status, said.error, ...(headers['retry-after'] === undefined ? [] : [headers['retry-after']])];
};

describeGateway('what nginx answers itself', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    // The stand-in listens for the gateway alone: the other upstream refuses.
    const files = compiledNodeFiles(platform);
    expect(files.length).toBeGreaterThan(5);
    gateway = await startGateway(platform);
    await gateway.node.run(`mkdir -p /etc/fjord; echo 'kari:x' >/etc/fjord/none
      ip address del 10.43.0.99/32 dev lo`);
  });
  afterAll(() => gateway?.stop());

  const asks: [string, Ask, (number | string)[]][] = [
    ['nothing is there', { path: '/nothing.html' }, [404, 'not found']],
    ['a refused path', { path: '/function/echo/a%2fb' }, [400, 'refused path: encoded-slash']],
    ['a method', { path: '/healthz', method: 'DELETE' }, [403, 'forbidden']],
    ['TRACE', { path: '/function/echo', method: 'TRACE' }, [405, 'method not allowed']],
    ['a body', { path: '/function/echo', method: 'POST', body: 2000 }, [413, 'request too large']],
    ['no password', { path: '/function/locked/x.html' }, [401, 'unauthorized']],
    ['headers', { path: '/function/echo', headers: { x: 'x'.repeat(20_000) } }, [400, 'bad request']],
    ['an address', { path: `/${'a'.repeat(20_000)}` }, [414, 'address too long']],
    ['the asked function is away', { path: '/function/asked' }, [500, 'internal error']],
    ['a function is away', { path: '/function/away/x' }, [502, 'not available', '5']],
    ['nothing on port 80', { path: '/.well-known/acme-challenge/none', port: 80 }, [404, 'not found']],
    ['a refused path on port 80', { path: '/a//b', port: 80 }, [400, 'refused path: empty-segment']],
    ['another name', { path: '/', headers: { host: 'a.example' } }, [421, 'wrong server']],
  ];
  it.each(asks)('%s', async (_, ask, said) => {
    expect(shape(await gateway.ask(ask))).toEqual(said);
  });

  it('a function takes too long', async () => {
    expect(shape(await gateway.ask('/function/slow?delay=30000'))).toEqual([504, 'timeout']);
  });

  it('too many, with the time of that limit', async () => {
    await Promise.all([1, 2].map(() => gateway.ask('/function/few')));
    expect(shape(await gateway.ask('/function/few'))).toEqual([429, 'too many requests', '30']);
  });

  it('pages of other sites may read what is said of a function that is theirs too', async () => {
    const headers = { origin };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => gateway.ask({ path: '/function/shop', headers })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    const forbidden = await gateway.ask({ path: '/function/site', headers, method: 'PROPFIND' });
    expect(refused.length).toBeGreaterThan(0);
    expect(shape(forbidden)).toEqual([403, 'forbidden']);
    for (const answer of [...refused, forbidden]) {
      expect(shape(answer)[0]).toBe(answer.status);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'strict-transport-security': 'max-age=63072000',
      });
    }
    const stranger = await gateway.ask({ path: '/function/shop', headers: { origin: 'https://a.example' } });
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([400, 401, 404, 429, 500, 502, 503])("a function's own %i is its own", async (status) => {
    const answer = await gateway.ask({ path: `/function/echo?status=${status}`, headers: browser });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toMatchObject({ url: `/function/echo?status=${status}` });
  });

  it('a password is asked for', async () => {
    const { headers } = await gateway.ask('/function/locked');
    expect(headers['www-authenticate']).toBe('Basic realm="locked"');
  });

  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /%00 HTTP/1.1\r\nHost: functions.example.no\r\n\r\n',
    'GET /../a HTTP/1.1\r\nHost: functions.example.no\r\n\r\n',
  ])('what is no request: %j', async (bytes) => {
    const answer = await gateway.exchange({ bytes });
    expect(answer).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*\r\n\r\n\{"error":"bad request","status":400,"id":"\w+"\}\n$/,
    );
  });

  it('no line of its log is lost or a second one', async () => {
    const { body } = await gateway.ask({ path: '/nothing', method: 'PUT' });
    const { id } = JSON.parse(body) as { id: string };
    await vi.waitFor(
      async () => {
        const { stdout } = await gateway.node.run(`grep ${id} /var/log/nginx/openfaas.access.log`);
        expect(JSON.parse(stdout)).toMatchObject({
          method: 'PUT',
          uri: '/nothing',
          status: '404',
          refused: '',
        });
      },
      { timeout: 15_000, interval: 1000 },
    );
  });
});

describeGateway("the platform's own page", () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      ...platform,
      gateway: { ...platform.gateway, errorPage: page },
    });
  });
  afterAll(() => gateway?.stop());

  describe.each([
    ['nothing is there', { path: '/nothing' }, 404],
    ['a refused path', { path: '/a//b' }, 400],
    ['a method of other sites', { path: '/function/site', method: 'PROPFIND', headers: { origin } }, 403],
  ] as [string, Ask, number][])('%s', (_, ask, status) => {
    it('is for browsers', async () => {
      const answer = await gateway.ask({ ...ask, headers: { ...ask.headers, ...browser } });
      expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/html; charset=utf-8' } });
      expect(Buffer.from(answer.body, 'latin1').toString()).toBe(page);
    });

    it.each(['*/*', 'application/json, text/html', ''])('is not for who accepts %j', async (accept) => {
      const answer = await gateway.ask({ ...ask, headers: { ...ask.headers, accept } });
      expect(shape(answer)[0]).toBe(status);
    });
  });
});
