import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const client = readFileSync(new URL('proxy-client.py', import.meta.url), 'utf8');
const proxy = '127.0.0.1';
const stranger = '198.51.100.8';

describeGateway(
  'a load balancer that passes TLS on',
  () => {
    let gateway: RunningGateway;
    beforeAll(async () => {
      gateway = await startGateway({
        ...gatewayPlatform,
        gateway: {
          rateLimit: { rate: '1r/s', burst: 2 },
          trustedProxies: { networks: ['127.0.0.0/8'], proxyProtocol: true },
          healthPath: '/nginx-health',
        },
      });
      await gateway.node.run(
        `ip address add ${stranger}/32 dev lo; cat >/tmp/client.py <<'END'\n${client}END`,
      );
    });
    afterAll(() => gateway?.stop());

    const ask = async (
      from: string,
      claimed: string,
      port: number,
      path: string,
      count = 1,
      name?: string,
    ) => {
      const words = [from, claimed, port, name ?? gateway.domain, path, count].join(' ');
      return (await gateway.node.run(`python3 /tmp/client.py ${words}`)).stdout.trim().split('\n');
    };
    const addressOf = (answer: string | undefined) => {
      const { headers } = JSON.parse(answer?.replace(/^200 /, '') ?? '{}') as {
        headers: Record<string, string>;
      };
      return [headers['x-real-ip'], headers['x-forwarded-for']];
    };

    it('names the client, whose address limits and functions get', async () => {
      const [first] = await ask(proxy, '203.0.113.7', 443, '/function/echo');
      expect(addressOf(first)).toEqual(['203.0.113.7', '203.0.113.7']);
      const more = await ask(proxy, '203.0.113.7', 443, '/function/echo', 5);
      expect(more.filter((answer) => answer.startsWith('429')).length).toBeGreaterThanOrEqual(2);
      const [other] = await ask(proxy, '203.0.113.8', 443, '/function/echo');
      expect(addressOf(other)).toEqual(['203.0.113.8', '203.0.113.8']);
    });

    it('is the only one that is believed, and nobody is answered without', async () => {
      const [forged] = await ask(stranger, '203.0.113.9', 443, '/function/echo');
      expect(addressOf(forged)).toEqual([stranger, stranger]);
      for (const port of [80, 443])
        expect(await ask(stranger, '-', port, '/nginx-health')).toEqual(['closed']);
    });

    it('has its health checks answered by any name, however often, and not logged', async () => {
      const healthy = Array.from({ length: 50 }, () => '200');
      expect(await ask(proxy, '203.0.113.7', 80, '/nginx-health', 50, '192.0.2.1')).toEqual(healthy);
      expect(await ask(proxy, '203.0.113.7', 80, '/nginx-health', 50)).toEqual(healthy);
      expect(await ask(proxy, '203.0.113.7', 443, '/nginx-health', 50)).toEqual(healthy);
      expect(await ask(proxy, '203.0.113.6', 80, '/nginx-healthy', 1, '192.0.2.1')).toEqual(['closed']);
      expect(await gateway.arrived()).not.toContainEqual(expect.objectContaining({ url: '/nginx-health' }));
      await vi.waitFor(async () => {
        const { stdout } = await gateway.node.run('cat /var/log/nginx/openfaas.access.log');
        expect(stdout).toContain('/function/echo');
        expect(stdout).not.toContain('nginx-health');
      }, 10_000);
    });

    it('answers what the watch on the node asks', async () => {
      const { stdout } = await gateway.node.run(
        `curl -fks --haproxy-protocol --resolve ${gateway.domain}:443:127.0.0.1 -o /dev/null \\
           -w '%{http_code}' https://${gateway.domain}/healthz`,
      );
      expect(stdout).toBe('200');
    });
  },
  'python3',
);
