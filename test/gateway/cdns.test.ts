import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CdnName } from '../../src/config/gateway/proxies.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const client = '203.0.113.50';
const forged = '6.6.6.6';
const stranger = '198.51.100.7';

/** What each sends for a client that lies about itself, and from where. */
const calls: Record<CdnName, { from: readonly string[]; headers: Record<string, string> }> = {
  cloudflare: {
    from: ['173.245.48.9', '2606:4700::9'],
    headers: { 'cf-connecting-ip': client, 'x-forwarded-for': `${forged}, ${client}`, 'x-real-ip': forged },
  },
  fastly: {
    from: ['199.232.1.9', '2a04:4e42::9'],
    // The client's own words, the client, and the server of Fastly's that passed it on to another.
    headers: { 'x-forwarded-for': `${forged}, ${client}, 157.52.91.44`, 'fastly-client-ip': forged },
  },
};

describeGateway('behind a CDN that is known by name', () => {
  describe.each(Object.entries(calls))('%s', (name, { from, headers }) => {
    let gateway: RunningGateway;
    beforeAll(async () => {
      const settings = { ...gatewayPlatform.gateway, trustedProxies: name as CdnName };
      gateway = await startGateway({ ...gatewayPlatform, gateway: settings });
      for (const address of [...from, stranger]) await gateway.node.run(`ip address add ${address} dev lo`);
    });
    afterAll(() => gateway?.stop());

    const seen = async (address: string) => {
      await gateway.arrived();
      const to = address.includes(':') ? '::1' : '127.0.0.1';
      expect(
        await gateway.ask({ path: '/function/echo', from: address, address: to, headers }),
      ).toMatchObject({
        status: 200,
      });
      return (await gateway.arrived())[0]?.headers['x-forwarded-for'];
    };

    it.each(from)('names the client, from %s', async (address) => expect(await seen(address)).toBe(client));

    it('and nobody else does', async () => expect(await seen(stranger)).toBe(stranger));
  });
});
