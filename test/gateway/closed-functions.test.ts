import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from './describe-gateway.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const image = 'ghcr.io/example/stub:1';

const config: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'node-1': { memory: '16Gi', cpus: 3 } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: {
    front: { image, calls: ['inner', 'straight'] },
    inner: { image, expose: false },
    straight: { image, expose: false, direct: true },
    nightly: { image, expose: false, schedule: { cron: '@daily', async: true } },
    gate: { image, expose: false },
    guarded: { image, async: true, http: { auth: { function: 'gate' }, domains: ['guarded.example.no'] } },
  },
  gateway: { rateLimit: { rate: '1000000r/s', burst: 100000 } },
};

describeGateway('functions that are not exposed', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(config);
    await gateway.arrived();
  });
  afterAll(() => gateway?.stop());

  const forms = (name: string) => [
    `/function/${name}`,
    `/function/${name}/`,
    `/function/${name}/x?y=z`,
    `/function/${name}.openfaas-fn`,
    `/async-function/${name}`,
    `/async-function/${name}/`,
    `/async-function/${name}.openfaas-fn/x`,
    `//function/${name}`,
    `/function//${name}`,
    `/function/./${name}`,
    `/function/x/../${name}`,
    `/%66unction/${name}`,
    `/FUNCTION/${name}`,
    `/${name}`,
    `/_fjord/auth/${name}`,
  ];

  it.each(['inner', 'straight', 'nightly', 'gate'].flatMap(forms))(
    '%s is answered by nobody',
    async (path) => {
      await gateway.arrived();
      for (const host of ['functions.example.no', 'guarded.example.no']) {
        for (const method of ['GET', 'POST']) {
          const { status } = await gateway.ask({ path, method, servername: host, headers: { host } });
          // On its own domain a path belongs to the guarded function, whatever it is.
          const urls = (await gateway.arrived()).map(({ url }) => url);
          if (host === 'functions.example.no') {
            expect(status).toBeGreaterThanOrEqual(400);
            expect(urls).toEqual([]);
          } else {
            expect(
              urls.every((url) => url === '/function/gate' || url.startsWith('/function/guarded/')),
            ).toBe(true);
          }
        }
      }
    },
  );

  it('one that is asked about others still is', async () => {
    await gateway.arrived();
    expect(await gateway.ask('/function/guarded')).toMatchObject({ status: 200 });
    expect((await gateway.arrived()).map(({ url }) => url)).toEqual(['/function/gate', '/function/guarded']);
  });

  it('the others are there', async () => {
    expect(await gateway.ask('/function/front')).toMatchObject({ status: 200 });
  });
});
