import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from './describe-gateway.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const image = 'ghcr.io/example/stub:1';

/** Each list holds the pods' range of its family, and the address of the other node. */
const config: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: {
    'oslo-1': { role: 'server', address: '10.9.0.1', address6: 'fd00:9::1', memory: '16Gi', cpus: 3 },
    'oslo-2': { role: 'agent', address: '10.9.0.2', address6: 'fd00:9::2', memory: '16Gi', cpus: 3 },
  },
  k3s: { ipv6: { clusterCidr: 'fd00:42::/56', serviceCidr: 'fd00:43::/112' } },
  openfaas: { licence: 'personal' },
  functions: {
    open: { image },
    inner: { image, async: true, http: { paths: ['/inner'], networks: ['10.0.0.0/8', 'fd00::/8'] } },
    office: { image, http: { networks: ['198.51.100.0/24', '2001:db8::/32'] } },
    scarce: { image, http: { rateLimit: { rate: '1r/m', burst: 0 } } },
  },
  gateway: {
    exempt: ['10.0.0.0/8', 'fd00::/8'],
    admin: { networks: ['10.0.0.0/8', 'fd00::/8'] },
    trustedProxies: { networks: ['10.0.0.0/8', 'fd00::/8'], header: 'X-Forwarded-For' },
  },
};

/** A pod, a pod of the other node, and each in IPv6. */
const pods = ['10.42.0.9', '10.9.0.2', 'fd00:42::9', 'fd00:9::2'];
const neighbours = ['10.1.2.3', '10.43.0.1', 'fd00:1::3'];

describeGateway('lists of networks that hold the addresses of pods', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(config);
    const add = [...pods, ...neighbours].map(
      (one) => `ip address add ${one}/${one.includes(':') ? 128 : 32} dev lo`,
    );
    await gateway.node.run(add.join('\n'));
    // IPv6 addresses are not there at once.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await gateway.arrived();
  });
  afterAll(() => gateway?.stop());

  const status = async (path: string, from: string, more = {}) =>
    (await gateway.ask({ path, from, address: from.includes(':') ? '::1' : '127.0.0.1', ...more })).status;

  describe.each(pods)('a client at %s, as a pod is', (pod) => {
    it.each(['/function/inner', '/inner/x', '/async-function/inner', '/system/functions', '/ui/'])(
      'is not let in to %s',
      async (path) => {
        const more = path.startsWith('/async') ? { method: 'POST', body: 'x' } : {};
        await gateway.arrived();
        expect(await status(path, pod, more)).toBe(403);
        expect(await gateway.arrived()).toEqual([]);
      },
    );

    it('is not believed about where it comes from', async () => {
      for (const said of ['198.51.100.7', '2001:db8::7', '10.1.2.3']) {
        const headers = { 'x-forwarded-for': said };
        expect(await status('/function/office', pod, { headers })).toBe(403);
        expect(await status('/function/inner', pod, { headers })).toBe(403);
      }
      await gateway.arrived();
      expect(await status('/function/open', pod, { headers: { 'x-forwarded-for': '198.51.100.7' } })).toBe(
        200,
      );
      const [seen] = await gateway.arrived();
      expect(seen?.headers).toMatchObject({ 'x-forwarded-for': pod });
    });

    it('is limited', async () => {
      const statuses = [await status('/function/scarce', pod), await status('/function/scarce', pod)];
      expect(statuses).toEqual([200, 429]);
    });
  });

  describe.each(neighbours)('a client at %s, in the same networks', (neighbour) => {
    it('is let in, believed, and not limited', async () => {
      await gateway.arrived();
      expect(await status('/function/inner', neighbour)).toBe(200);
      expect(await status('/system/functions', neighbour)).toBe(200);
      const headers = { 'x-forwarded-for': '198.51.100.7' };
      expect(await status('/function/office', neighbour, { headers })).toBe(200);
      const statuses = [
        await status('/function/scarce', neighbour),
        await status('/function/scarce', neighbour),
      ];
      expect(statuses).toEqual([200, 200]);
    });
  });
});
