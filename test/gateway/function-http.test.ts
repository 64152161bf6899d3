import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gatewayFull } from '../cases/gateway-full.ts';
import { describeGateway } from './describe-gateway.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const shop = 'https://shop.example.no';

describeGateway('what a platform says of single functions, nginx does', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayFull);
    // apr1 of "secret".
    await gateway.node.run(`mkdir -p /etc/fjord
      printf 'kari:%s\\n' "$(openssl passwd -apr1 secret)" >/etc/fjord/pay.htpasswd
      cd /etc/fjord
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj '/CN=clients' \\
        -keyout ca.key -out clients.pem 2>/dev/null
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -subj '/CN=ola' \\
        -keyout ola.key -out ola.csr 2>/dev/null
      openssl x509 -req -in ola.csr -CA clients.pem -CAkey ca.key -days 2 -out ola.pem 2>/dev/null
      nginx -t -q && nginx -s reload && sleep 1`);
  });
  afterAll(() => gateway?.stop());

  const authorization = `Basic ${Buffer.from('kari:secret').toString('base64')}`;
  const arrivedUrls = async () => (await gateway.arrived()).map(({ url }) => url);

  it('a path of its own, a domain of its own, and nothing that only begins like them', async () => {
    await gateway.arrived();
    const statuses = await Promise.all(
      ['/events', '/events/a%20b?c=d', '/eventsx', '/events/../system/functions'].map(
        async (path) => (await gateway.ask(path)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 404, 400]);
    const host = 'pay.example.no';
    const own = { servername: host, headers: { host, authorization } };
    expect(await gateway.ask({ path: '/x%7e/y?z=1', ...own })).toMatchObject({ status: 200 });
    expect((await arrivedUrls()).sort()).toEqual([
      '/function/events',
      '/function/events/a%20b?c=d',
      '/function/pay/x%7e/y?z=1',
    ]);
    expect(await gateway.ask({ path: '/../../system/functions', ...own })).toMatchObject({ status: 400 });
  });

  it('a password', async () => {
    expect(await gateway.ask('/function/pay')).toMatchObject({ status: 401 });
    const wrong = { authorization: 'Basic a2FyaTp3cm9uZw==' };
    expect(await gateway.ask({ path: '/pay', headers: wrong })).toMatchObject({ status: 401 });
    expect(await gateway.ask({ path: '/pay', headers: { authorization } })).toMatchObject({ status: 200 });
    expect(await gateway.ask({ path: '/async-function/pay', method: 'POST', body: 'x' })).toMatchObject({
      status: 401,
    });
  });

  it('networks, and nobody from elsewhere, by whatever way', async () => {
    await gateway.arrived();
    await gateway.node.run('ip address add 198.51.100.8/32 dev lo; ip address add 203.0.113.8/32 dev lo');
    const host = 'pay.example.no';
    const ways = [
      { path: '/pay' },
      { path: '/function/pay/x' },
      { path: '/async-function/pay', method: 'POST', body: 'x' },
      { path: '/', servername: host, headers: { host } },
    ];
    const statuses = (from: string, headers = {}) =>
      Promise.all(
        ways.map(async (way) => {
          const all = { authorization, ...way.headers, ...headers };
          return (await gateway.ask({ ...way, from, headers: all })).status;
        }),
      );
    expect(await statuses('198.51.100.8')).toEqual([403, 403, 403, 403]);
    expect(await gateway.arrived()).toEqual([]);
    expect(await statuses('127.0.0.1')).toEqual([200, 200, 200, 200]);
    // Who comes by the trusted proxy is where that one says.
    expect(await statuses('203.0.113.8', { 'cf-connecting-ip': '198.51.100.9' })).toEqual([
      403, 403, 403, 403,
    ]);
    expect(await statuses('203.0.113.8', { 'cf-connecting-ip': '192.0.2.9' })).toEqual([200, 200, 200, 200]);
  });

  it('a client certificate', async () => {
    const without = await gateway.ask('/function/ledger');
    expect(without.status).toBe(403);
    expect(JSON.parse(without.body)).toMatchObject({ error: 'a client certificate is needed', status: 403 });
    const bluff = { authorization: 'Basic Og==', 'x-client-subject': 'CN=root' };
    expect(await gateway.ask({ path: '/function/ledger', headers: bluff })).toMatchObject({ status: 403 });
    await gateway.arrived();
    const { stdout } = await gateway.node.run(
      `curl -sk --resolve functions.example.no:443:127.0.0.1 --cert /etc/fjord/ola.pem --key /etc/fjord/ola.key \\
         -o /dev/null -w '%{http_code}' https://functions.example.no/function/ledger`,
    );
    expect(stdout).toBe('200');
    expect((await gateway.arrived())[0]?.headers['x-client-subject']).toBe('CN=ola');
  });

  it('another function that is asked', async () => {
    await gateway.arrived();
    const ask = { path: '/function/orders/7?x=y', method: 'POST', body: 'an order' };
    const forged = { 'x-auth-request-user': 'root', 'x-original-uri': '/' };
    expect(await gateway.ask({ ...ask, headers: forged })).toMatchObject({ status: 200 });
    const [asked, order] = await gateway.arrived();
    expect(asked).toMatchObject({ url: '/function/gate', received: 0 });
    expect(asked?.headers).toMatchObject({
      'x-original-uri': '/function/orders/7?x=y',
      'x-original-method': 'POST',
    });
    expect(asked?.headers['x-auth-request-user']).toBeUndefined();
    expect(order).toMatchObject({ url: '/function/orders/7?x=y', received: 8 });
    expect(order?.headers['x-auth-request-user']).toBe('kari');

    for (const status of [401, 403]) {
      const headers = { 'x-stub-status': `/function/gate ${status}` };
      expect(await gateway.ask({ ...ask, headers })).toMatchObject({ status });
    }
    expect(await arrivedUrls()).toEqual(['/function/gate', '/function/gate']);
    expect(await gateway.ask('/_fjord/auth/orders')).toMatchObject({ status: 404 });
  });

  it('OPTIONS is answered by nginx, to the named origins', async () => {
    await gateway.arrived();
    const preflight = (path: string, origin: string) =>
      gateway.ask({ path, method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    for (const path of ['/function/pay', '/pay/x', '/async-function/pay']) {
      const { status, headers } = await preflight(path, shop);
      expect(status).toBe(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': shop,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers': 'Content-Type, Authorization',
        'access-control-max-age': '3600',
        vary: 'Origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
      });
    }
    const foreign = await preflight('/pay', 'https://shop.example.no.evil.example');
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
    expect(await gateway.arrived()).toEqual([]);
  });

  it("answers name the origin once, whatever the function says of it, and other methods are the function's", async () => {
    const asked = async (origin: string) =>
      (await gateway.ask({ path: '/pay', headers: { origin, authorization } })).headers;
    expect(await asked(shop)).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-expose-headers': 'X-Call-Id, Retry-After',
    });
    expect((await asked('https://other.example'))['access-control-allow-origin']).toBeUndefined();
    const refused = await gateway.ask({ path: '/pay', method: 'PROPFIND' });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toMatchObject({ error: 'forbidden', status: 403 });
  });

  it('a limit of its own, with its own time to come again', async () => {
    const answers = [];
    for (let count = 0; count < 4; count++) answers.push(gateway.ask('/function/public-prices'));
    const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
    expect(statuses).toContain(200);
    expect(statuses.at(-1)).toBe(429);
    const ledger = await Promise.all(Array.from({ length: 9 }, () => gateway.ask('/function/ledger')));
    expect(ledger.find(({ status }) => status === 429)?.headers['retry-after']).toBe('2');
  });

  it('the administration, from its networks and with a certificate alone', async () => {
    expect(await gateway.ask('/system/functions')).toMatchObject({ status: 403 });
    expect(await gateway.ask({ path: '/ui/', address: '::1' })).toMatchObject({ status: 403 });
    const { stdout } = await gateway.node.run(
      `curl -sk --resolve functions.example.no:443:127.0.0.1 --cert /etc/fjord/ola.pem --key /etc/fjord/ola.key \\
         -o /dev/null -w '%{http_code}' https://functions.example.no/system/functions`,
    );
    expect(stdout).toBe('200');
  });

  it('the address that a trusted proxy names, and nobody else', async () => {
    await gateway.arrived();
    await gateway.ask({ path: '/function/public-prices', headers: { 'cf-connecting-ip': '6.6.6.6' } });
    expect((await gateway.arrived())[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
    await gateway.node.run(`ip address add 203.0.113.9/32 dev lo`);
    const from = '203.0.113.9';
    await gateway.ask({ path: '/function/public-prices', from, headers: { 'cf-connecting-ip': '6.6.6.6' } });
    expect((await gateway.arrived())[0]?.headers['x-forwarded-for']).toBe('6.6.6.6');
  });

  it('networks without limits', async () => {
    await gateway.node.run(`ip address add 198.51.100.7/32 dev lo`);
    const ask = () => gateway.ask({ path: '/function/public-prices', from: '198.51.100.7' });
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('counters, for the machine itself', async () => {
    const { stdout } = await gateway.node.run('curl -s http://127.0.0.1:9145/status');
    expect(stdout).toMatch(/^Active connections: \d+/);
  });
});
