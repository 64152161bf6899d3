import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type Node, startNode } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';

vi.setConfig({ testTimeout: 120_000 });

const { domain } = gatewayPlatform;
const tool = {
  path: '/opt/without-ipv6.py',
  permissions: '0755',
  text: readFileSync(join(import.meta.dirname, 'without-ipv6.py'), 'utf8'),
};
const without = 'python3 /opt/without-ipv6.py';

/** A node with the platform's files and a certificate, whose nginx nobody has started. */
async function withNode(config: PlatformConfig, use: (node: Node) => Promise<void>): Promise<void> {
  const node = await startNode([...compiledNodeFiles(config), tool], []);
  try {
    expect(await node.run('openfaas-tls placeholder')).toMatchObject({ status: 0 });
    await use(node);
  } finally {
    await node.stop();
  }
}

/** With its errors in the journal it keeps the standard error that it was started with. */
const nginx = 'nginx >/tmp/said 2>&1 || { cat /tmp/said >&2; exit 1; }';

const ask = (to: string) =>
  `curl --silent --insecure --max-time 20 --resolve '*:443:127.0.0.1' --resolve '*:80:127.0.0.1' \\
     --output /dev/null --write-out '%{http_code} ' ${to}`;
const asked = `${ask(`https://${domain}/nothing`)}
  ${ask(`http://${domain}/`)}
  ${ask('http://127.0.0.1:8090/status')}`;

describeGateway(
  'nginx and a kernel without IPv6',
  () => {
    it('does not start on it, so preflight refuses the machine first', () =>
      withNode(gatewayPlatform, async (node) => {
        const { status, stderr } = await node.run(`${without} ${nginx}`);
        expect(status).not.toBe(0);
        expect(stderr).toContain('socket() [::]:80 failed (97: Address family not supported by protocol)');
        expect((await node.run(`${without} nginx -t -q`)).status).not.toBe(0);
      }));

    it('starts on it with gateway.ipv6: false, and answers', () =>
      withNode(
        { ...gatewayPlatform, gateway: { ...gatewayPlatform.gateway, ipv6: false, statusPort: 8090 } },
        async (node) => {
          expect(await node.run(`${without} nginx -t -q`)).toEqual({ status: 0, stdout: '', stderr: '' });
          const { stdout } = await node.run(`${without} ${nginx}\n${asked}\nss -H -l -t -n`);
          expect(stdout).toMatch(/^404 308 200 /);
          expect(stdout).not.toContain('[::');
        },
      ));

    it('starts where only addresses of IPv6 are switched off, by a sysctl', () =>
      withNode(gatewayPlatform, async (node) => {
        await node.runInNetwork('sysctl', [
          '--quiet',
          'net.ipv6.conf.all.disable_ipv6=1',
          'net.ipv6.conf.default.disable_ipv6=1',
        ]);
        const { stdout } = await node.run(`${nginx}\n${ask(`https://${domain}/nothing`)}\nss -H -l -t -n`);
        expect(stdout).toMatch(/^404 /);
        expect(stdout).toContain('[::]:443');
      }));
  },
  'python3',
  'ss',
);
