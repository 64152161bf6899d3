import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const image = 'ghcr.io/example/stub:1';
const hook = 'https://shop.example/Hook';
const long = `https://receiver.example.no:8443/${'a-long-name/'.repeat(12)}end`;
const site = 'https://shop.example';

describeGateway('where the result of a queued call goes', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      ...gatewayPlatform,
      functions: {
        order: {
          image,
          async: true,
          callbacks: [hook, long, 'store'],
          http: { cors: { origins: [site] }, domains: ['order.example.no'], paths: ['/order'] },
        },
        'order-2': { image, async: true, callbacks: ['https://other.example/'] },
        later: { image, async: true },
        store: { image, expose: false },
      },
    });
  });
  afterAll(() => gateway?.stop());

  const call = async (path: string, headers: Record<string, string> = {}, method = 'POST') => {
    await gateway.arrived();
    const answer = await gateway.ask({ method, path, headers, body: '{}' });
    const arrived = await gateway.arrived();
    return { ...answer, arrived, sent: arrived.map(({ headers: of }) => of['x-callback-url']) };
  };
  const named = (url: string) => ({ 'x-callback-url': url });

  it.each([hook, long, 'http://gateway.openfaas:8080/function/store'])(
    'is %s, which is listed',
    async (url) => {
      for (const path of ['/async-function/order', '/async-function/order/a?b=c'])
        expect(await call(path, named(url))).toMatchObject({ status: 200, sent: [url] });
    },
  );

  it('is nowhere if the caller names nothing', async () => {
    expect(await call('/async-function/order')).toMatchObject({ status: 200, sent: [undefined] });
    expect(await call('/async-function/order', named(''))).toMatchObject({ status: 200, sent: [undefined] });
  });

  it('is spelled as in the list, whatever a caller writes', async () => {
    const url = hook.toUpperCase();
    expect(await call('/async-function/order', named(url))).toMatchObject({ status: 200, sent: [hook] });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://10.43.0.1/',
    'http://gateway.openfaas:8080/system/functions',
    'http://gateway.openfaas:8080/function/order',
    'http://gateway.openfaas:8080/function/store/',
    'https://other.example/',
    `${hook}/more`,
    `${hook}?x=y`,
    `${hook}#x`,
    `${hook}@evil.example/`,
    'https://shop.example',
    'https://shop.example@evil.example/Hook',
    ` , ${hook}`,
    '*',
    'default',
    '~.*',
  ])('is never %s', async (url) => {
    for (const path of [
      '/async-function/order',
      '/async-function/order/a',
      '/async-function/order%2dx/../order',
    ])
      expect(await call(path, named(url))).toMatchObject({ status: 400, arrived: [] });
    const { body, headers } = await call('/async-function/order', { ...named(url), origin: site });
    expect(JSON.parse(body)).toMatchObject({
      error: 'X-Callback-Url is not one of this function',
      status: 400,
    });
    expect(headers['access-control-allow-origin']).toBe(site);
  });

  it('is of each function by itself, however its name is spelled', async () => {
    const other = 'https://other.example/';
    for (const name of ['order-2', 'order%2d2']) {
      expect(await call(`/async-function/${name}`, named(other))).toMatchObject({
        status: 200,
        sent: [other],
      });
      expect(await call(`/async-function/${name}`, named(hook))).toMatchObject({ status: 400, arrived: [] });
    }
  });

  it('is dropped where nothing is listed, and in calls that are not queued', async () => {
    for (const path of [
      '/async-function/later',
      '/function/order',
      '/order',
      '/function/order/async-function/order',
    ])
      expect(await call(path, named('https://evil.example/'))).toMatchObject({
        status: 200,
        sent: [undefined],
      });
    const own = await gateway.ask({
      servername: 'order.example.no',
      path: '/async-function/order',
      headers: { host: 'order.example.no', ...named('https://evil.example/') },
    });
    expect(own.status).toBe(200);
    expect((await gateway.arrived())[0]?.headers['x-callback-url']).toBeUndefined();
  });

  it('is not chosen by a second header', async () => {
    const bytes = [
      `POST /async-function/order HTTP/1.1`,
      `Host: ${gateway.domain}`,
      `X-Callback-Url: ${hook}`,
      'X-Callback-Url: https://evil.example/',
      'X_Callback_Url: https://evil.example/',
      'Content-Length: 0',
      'Connection: close',
      '\r\n',
    ].join('\r\n');
    await gateway.arrived();
    await gateway.exchange({ bytes });
    const sent = (await gateway.arrived()).map(({ headers }) => headers['x-callback-url']);
    expect([[], [hook]]).toContainEqual(sent);
  });

  it('counts against the limits if it is refused', async () => {
    const limited = await startGateway({
      ...gatewayPlatform,
      functions: { order: { image, async: true, callbacks: [hook] } },
      gateway: { rateLimit: { rate: '2r/m', burst: 2 } },
    });
    const ask = {
      method: 'POST',
      path: '/async-function/order',
      headers: named('https://evil.example/'),
      body: '',
    };
    const statuses = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await limited.ask(ask)).status);
    await limited.stop();
    expect(statuses).toEqual([400, 400, 400, 429, 429]);
  });
});
