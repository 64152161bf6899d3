import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TlsConfig } from '../../src/config/gateway/tls.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { loadFirewall, type Machine, on, startStranger } from './cluster-network.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import type { Node } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';
import { startGatewayNode } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const files = { certificate: '/etc/ssl/own.pem', key: '/etc/ssl/own.key' };
const platform = (tls: TlsConfig): PlatformConfig => ({
  ...gatewayPlatform,
  gateway: {
    ...gatewayPlatform.gateway,
    tls,
    // One lies in another, as in lists of networks that grow.
    trustedProxies: { networks: ['198.51.100.0/25', '198.51.100.0/24', '2001:db8:c::/48'] },
    reachableFrom: 'trusted-proxies',
  },
});

const proxies = ['198.51.100.7', '198.51.100.200', '2001:db8:c::7'];
const strangers = ['203.0.113.50', '2001:db8:d::7', '192.0.2.254', '2001:db8::fe'];
const challenge = '/.well-known/acme-challenge/token';

describeGateway(
  'a node that only the trusted proxies reach',
  () => {
    describe.each<[string, TlsConfig, closed: boolean]>([
      ["with the authority's challenges on port 80", {}, false],
      ['with certificates of its own', { files }, true],
    ])('%s', (_, tls, closed) => {
      let node: Node;
      let domain: string;
      let outside: Machine;
      beforeAll(async () => {
        ({ node, domain } = await startGatewayNode(compiledNodeFiles(platform(tls))));
        await on(
          node,
          `mkdir -p /var/www/letsencrypt/.well-known/acme-challenge
           echo -n key >/var/www/letsencrypt${challenge}
           ${loadFirewall}`,
        );
        outside = await startStranger(node, [...proxies, ...strangers.slice(0, 2)]);
      });
      afterAll(async () => {
        await outside?.stop();
        await node?.stop();
      });

      const ask = async (from: string, url: string): Promise<string> => {
        const to = from.includes(':') ? '[2001:db8::1]' : '192.0.2.1';
        const { stdout } = await outside.node.runInNetwork('curl', [
          ...['--silent', '--insecure', '--max-time', '1.5', '--interface', from],
          ...['--resolve', `${domain}:443:${to}`, '--resolve', `${domain}:80:${to}`],
          ...['--output', '/dev/null', '--write-out', '%{http_code}', url],
        ]);
        return stdout;
      };

      it.each(proxies)('the proxy %s reaches 80 and 443', async (from) => {
        expect(await ask(from, `https://${domain}/nothing`)).toBe('404');
        expect(await ask(from, `http://${domain}/`)).toBe('308');
      });

      it.each(strangers)('%s does not reach 443', async (from) => {
        expect(await ask(from, `https://${domain}/nothing`)).toBe('000');
        // It is there for those who may.
        await on(node, 'nft flush chain inet fjord input; nft add rule inet fjord input accept');
        expect(await ask(from, `https://${domain}/nothing`)).toBe('404');
        await on(node, loadFirewall);
      });

      it.each(strangers)(`%s ${closed ? 'does not reach 80' : 'gets challenges on 80'}`, async (from) => {
        expect(await ask(from, `http://${domain}${challenge}`)).toBe(closed ? '000' : '200');
      });
    });
  },
  'nft',
);
