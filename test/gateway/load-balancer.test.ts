import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GatewayConfig } from '../../src/config/gateway/gateway.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { loadFirewall, type Machine, on, startStranger } from './cluster-network.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { compiledNodeFiles } from './node-files.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const balancer = '198.51.100.7';
const balancer6 = '2001:db8:c::7';
const outsider = '203.0.113.50';
const outsider6 = '2001:db8:d::7';
const { domain } = gatewayPlatform;

const platform = (gateway: GatewayConfig): PlatformConfig => ({
  ...gatewayPlatform,
  functions: {
    ...gatewayPlatform.functions,
    shop: { image: 'stub:1', http: { domains: ['*.shops.example.no'] } },
  },
  gateway: {
    ...gatewayPlatform.gateway,
    tls: { endedBy: 'load-balancer', hsts: { days: 365 } },
    healthPath: '/nginx-health',
    aliases: ['functions.example.com'],
    redirects: { 'www.example.com': 'functions.example.com' },
    ...gateway,
  },
});
const named = { trustedProxies: { networks: ['198.51.100.0/24', '2001:db8:c::/48'] } };
const openFirewall = 'nft flush chain inet fjord input; nft add rule inet fjord input accept';

/** curl's answer, in what a client sees of it. */
interface Seen {
  readonly status: string;
  readonly location: string;
  readonly hsts: string;
  readonly body: string;
}

describeGateway(
  'a load balancer that ends TLS',
  () => {
    describe('names the client in a header', () => {
      let gateway: RunningGateway;
      let outside: Machine;
      beforeAll(async () => {
        gateway = await startGateway(platform(named));
        await on(gateway.node, loadFirewall);
        outside = await startStranger(gateway.node, [balancer, balancer6, outsider, outsider6]);
      });
      afterAll(async () => {
        await outside?.stop();
        await gateway?.stop();
      });

      const ask = async (from: string, url: string, ...words: string[]): Promise<Seen> => {
        const to = from.includes(':') ? '[2001:db8::1]' : '192.0.2.1';
        const { stdout } = await outside.node.runInNetwork('curl', [
          ...['--silent', '--max-time', '1.5', '--interface', from, '--resolve', `*:80:${to}`],
          ...words,
          ...['--write-out', '\n%{http_code} %{redirect_url}\n%header{strict-transport-security}', url],
        ]);
        const [hsts = '', last = '', ...body] = stdout.split('\n').reverse();
        const [status = '', location = ''] = last.split(' ');
        return { status, location, hsts, body: body.reverse().join('\n') };
      };
      const secure = ['--header', 'X-Forwarded-Proto: https', '--header', 'X-Forwarded-For: 192.0.2.77'];
      const headersOf = ({ body }: Seen) => (JSON.parse(body) as { headers: Record<string, string> }).headers;

      it.each([balancer, balancer6])('serves a call of %s whose client used TLS', async (from) => {
        const seen = await ask(from, `http://${domain}/function/echo`, ...secure);
        expect(seen).toMatchObject({ status: '200', hsts: 'max-age=31536000' });
        expect(headersOf(seen)).toMatchObject({
          'x-real-ip': '192.0.2.77',
          'x-forwarded-for': '192.0.2.77',
          'x-forwarded-proto': 'https',
          'x-forwarded-port': '443',
          host: domain,
        });
        expect(await ask(from, `http://${domain}/healthz`, ...secure)).toMatchObject({ status: '200' });
        expect(await ask(from, `http://${domain}/nothing`, ...secure)).toMatchObject({ status: '404' });
        expect(await ask(from, `http://one.shops.example.no/a`, ...secure)).toMatchObject({ status: '200' });
      });

      it('leads clients without TLS to the same address with it, and calls nothing', async () => {
        await gateway.arrived();
        for (const words of [
          ['--header', 'X-Forwarded-Proto: http'],
          ['--header', 'X-Forwarded-Proto: https, http'],
          [],
        ]) {
          const post = [...words, '--data', 'secret'];
          for (const [name, to = name] of [
            [domain],
            ['functions.example.com'],
            ['www.example.com'],
            ['one.shops.example.no'],
          ]) {
            const seen = await ask(balancer, `http://${name}/function/echo?a=b%2Fc`, ...post);
            expect(seen).toMatchObject({ status: '308', location: `https://${to}/function/echo?a=b%2Fc` });
          }
        }
        const leading = await ask(balancer, 'http://www.example.com/a?b', ...secure);
        expect(leading).toMatchObject({ status: '308', location: 'https://functions.example.com/a?b' });
        expect(await gateway.arrived()).toEqual([]);
      });

      it('still has refused paths refused', async () => {
        const path = `http://${domain}/function/echo/%2e%2e/slow`;
        const raw = ['--path-as-is', ...secure];
        expect(await ask(balancer, path, ...raw)).toMatchObject({ status: '400' });
        expect((await ask(balancer, path, ...raw)).body).toContain('"error":"refused path: dot-segment"');
      });

      it('has its health checks answered by any name, without a scheme', async () => {
        for (const url of [`http://${domain}/nginx-health`, 'http://192.0.2.1/nginx-health'])
          expect(await ask(balancer, url)).toMatchObject({ status: '200' });
        expect(await ask(balancer, 'http://192.0.2.1/', ...secure)).toMatchObject({ status: '000' });
      });

      it.each([outsider, outsider6])('has the packet filter keep %s out', async (from) => {
        for (const path of ['/function/echo', '/nginx-health'])
          expect(await ask(from, `http://${domain}${path}`, ...secure)).toMatchObject({ status: '000' });
      });

      it.each([outsider, outsider6])(
        'leaves %s unanswered by nginx too, whatever it claims',
        async (from) => {
          await on(gateway.node, openFirewall);
          await gateway.arrived();
          const forged = [balancer, '127.0.0.1'].flatMap((address) => [
            ...['--header', `X-Forwarded-For: ${address}`, '--header', `X-Real-IP: ${address}`],
          ]);
          for (const words of [[], secure, [...secure, ...forged], ['--header', 'X-Forwarded-Proto: http']]) {
            for (const path of ['/function/echo', '/nginx-health', '/_fjord/error', '/a//b'])
              expect(await ask(from, `http://${domain}${path}`, ...words)).toMatchObject({
                status: '000',
                body: '',
              });
            expect(await ask(from, 'http://192.0.2.1/nginx-health', ...words)).toMatchObject({
              status: '000',
            });
          }
          expect(await gateway.arrived()).toEqual([]);
          expect(await ask(balancer, `http://${domain}/nginx-health`)).toMatchObject({ status: '200' });
          await on(gateway.node, loadFirewall);
        },
      );

      it('has no port 443, no certificate and no program for one', async () => {
        expect(await on(gateway.node, 'ss -Hltn')).not.toMatch(/:443\b/);
        expect(await on(gateway.node, 'ls /etc/nginx')).not.toContain('tls');
        const files = compiledNodeFiles(platform(named)).map(({ path }) => path);
        expect(files.filter((path) => /cert|openfaas-tls/.test(path))).toEqual([]);
      });

      it('counts what it leads to TLS against the limits', async () => {
        const limited = await startGateway(platform({ ...named, rateLimit: { rate: '1r/s', burst: 2 } }));
        const codes = await on(
          limited.node,
          `for _ in 1 2 3 4 5 6; do
             curl -so /dev/null -w '%{http_code} ' --resolve ${domain}:80:127.0.0.1 http://${domain}/
           done`,
        );
        await limited.stop();
        expect(codes.trim().split(' ')).toEqual(['308', '308', '308', '429', '429', '429']);
      });

      it('answers what the watch on the node asks', async () => {
        const words = `-fs -H X-Forwarded-Proto:https --resolve ${domain}:80:127.0.0.1 http://${domain}/healthz`;
        expect(await on(gateway.node, `curl -o /dev/null -w '%{http_code}' ${words}`)).toBe('200');
      });
    });

    describe('names the client by the PROXY protocol', () => {
      let gateway: RunningGateway;
      const client = readFileSync(new URL('proxy-client.py', import.meta.url), 'utf8');
      beforeAll(async () => {
        gateway = await startGateway(
          platform({ trustedProxies: { networks: ['198.51.100.0/24'], proxyProtocol: true } }),
        );
        await on(
          gateway.node,
          `ip address add ${balancer}/32 dev lo; ip address add ${outsider}/32 dev lo
           cat >/tmp/client.py <<'END'\n${client}END`,
        );
      });
      afterAll(() => gateway?.stop());

      const ask = async (from: string, claimed: string, path: string, proto = 'https') =>
        (
          await on(
            gateway.node,
            `python3 /tmp/client.py ${from} ${claimed} 80 ${domain} ${path} 1 'X-Forwarded-Proto: ${proto}'`,
          )
        ).trim();

      it('and the scheme in a header', async () => {
        const served = await ask(balancer, '192.0.2.77', '/function/echo');
        expect(served).toMatch(/^200 /);
        expect(served).toContain('"x-real-ip":"192.0.2.77"');
        expect(await ask(balancer, '192.0.2.77', '/function/echo', 'http')).toMatch(/^308\b/);
        expect(await ask(balancer, '-', '/function/echo')).toBe('closed');
      });

      it('and is the only one that is believed', async () => {
        for (const claimed of ['192.0.2.77', balancer, '127.0.0.1', '-'])
          expect(await ask(outsider, claimed, '/function/echo')).toBe('closed');
      });
    });
  },
  'nft',
  'python3',
);
