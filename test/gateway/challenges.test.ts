import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { authorityDirectory, startAuthority } from './acme.ts';
import { cable } from './cable.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import type { Node } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';
import { startGatewayNode } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const status = 9145;
const platform: PlatformConfig = {
  ...gatewayPlatform,
  nodes: {
    'node-1': { role: 'server', address: '192.0.2.1' },
    'node-2': { role: 'agent', address: '192.0.2.2', nginx: true },
    'node-3': { role: 'agent', address: '192.0.2.3', nginx: true },
  },
  gateway: { tls: { directory: authorityDirectory }, statusPort: status },
};
const { domain } = platform;

describeGateway(
  'challenges of the certificate authority, on several nodes',
  () => {
    let nodes: readonly Node[] = [];
    beforeAll(async () => {
      const files = compiledNodeFiles(platform);
      nodes = (await Promise.all([1, 2, 3].map(() => startGatewayNode(files)))).map(({ node }) => node);
      await cable(nodes, ['192.0.2.1/24', '192.0.2.2/24', '192.0.2.3/24']);
    });
    afterAll(() => Promise.all(nodes.map((node) => node.stop())));

    const at = (number: number): Node => {
      const node = nodes[number - 1];
      if (node === undefined) throw new Error(`no node ${number}`);
      return node;
    };
    const path = (token: string) => `/.well-known/acme-challenge/${token}`;

    /** What a node answers on port 80: the body and the status. */
    const ask = async (node: Node, token: string, ...options: string[]) => {
      const url = `http://${domain}${path(token)}`;
      const { stdout } = await node.runInNetwork('curl', [
        ...['--silent', '--max-time', '20', '--resolve', `${domain}:80:127.0.0.1`],
        ...['--write-out', ' %{http_code} %{time_total}', ...options, url],
      ]);
      const [, body, code, took] = /^([\s\S]*) (\d+) ([\d.]+)$/.exec(stdout) ?? [];
      return { body, code, took: Number(took) };
    };

    /** How many requests each node has been asked, those for the number itself among them. */
    const counts = () =>
      Promise.all(
        nodes.map(async (node) => {
          const { stdout } = await node.run(`curl -s http://127.0.0.1:${status}/status`);
          return Number(/^ \d+ \d+ (\d+)/m.exec(stdout)?.[1]);
        }),
      );

    it.each([1, 2, 3])('a challenge that node %i alone knows is answered by each', async (owner) => {
      const token = `token-of-${owner}`;
      await at(owner).run(
        `cd /var/www/letsencrypt; mkdir -p .$(dirname ${path(token)}); echo -n key >.${path(token)}`,
      );
      for (const node of nodes) expect(await ask(node, token)).toMatchObject({ body: 'key', code: '200' });
    });

    it('one that nobody knows is asked of each node once, and is not found', async () => {
      const before = await counts();
      expect(await ask(at(1), 'unknown')).toMatchObject({ code: '404' });
      const after = await counts();
      // Each has counted our own question for the number; the first was asked by us and by itself.
      expect(after.map((count, index) => count - (before[index] ?? 0) - 1)).toEqual([2, 1, 1]);
    });

    it('who asks as a node does gets what is there, and nothing is passed on', async () => {
      const before = await counts();
      const asNode = ['--header', 'Host: challenges.invalid'];
      expect(await ask(at(1), 'token-of-2', ...asNode)).toMatchObject({ code: '404' });
      expect(await ask(at(2), 'token-of-2', ...asNode)).toMatchObject({ body: 'key', code: '200' });
      const after = await counts();
      expect(after.map((count, index) => count - (before[index] ?? 0) - 1)).toEqual([1, 1, 0]);
    });

    it('questions are no way to occupy all nodes', async () => {
      const urls = Array.from({ length: 60 }, (_, index) => `http://${domain}${path(`guess-${index}`)}`);
      const { stdout } = await at(3).runInNetwork('curl', [
        ...['--silent', '--parallel', '--parallel-immediate', '--parallel-max', '60'],
        ...['--resolve', `${domain}:80:127.0.0.1`, '--write-out', '%{http_code}\\n', '--output', '/dev/null'],
        ...urls.flatMap((url, index) => (index === 0 ? [url] : ['--output', '/dev/null', url])),
      ]);
      expect(stdout.split('\n')).toContain('429');
      const upload = ['--data-binary', 'x'.repeat(2000)];
      expect(await ask(at(3), 'token-of-3', ...upload)).toMatchObject({ code: '413' });
    });

    it('a node that is away costs a second, and hides no challenge', async () => {
      await at(2).runInNetwork('ip', ['link', 'set', 'cable', 'down']);
      await vi.waitFor(async () => expect((await ask(at(3), 'unknown')).code).not.toBe('429'), 10_000);
      for (const [node, token] of [
        [1, 'token-of-3'],
        [3, 'token-of-1'],
      ] as const) {
        const { code, took } = await ask(at(node), token);
        expect(code).toBe('200');
        expect(took).toBeLessThan(5);
      }
      await at(2).runInNetwork('ip', ['link', 'set', 'cable', 'up']);
    });

    it('each node is given its certificate, though the DNS leads to the first alone', async () => {
      const authority = await startAuthority(at(1), '192.0.2.1');
      await Promise.all([authority.introduce(at(2)), authority.introduce(at(3))]);
      const issued = await Promise.all(
        nodes.map((node) => node.run(`${authority.environment} openfaas-tls issue`)),
      );
      expect(issued.map(({ status: code, stderr }) => ({ code, stderr }))).toEqual(
        nodes.map(() => ({ code: 0, stderr: expect.any(String) })),
      );
      const served = await Promise.all(
        nodes.map((node) =>
          node.run(`sleep 1
            openssl s_client -connect 127.0.0.1:443 -servername ${domain} </dev/null 2>/dev/null |
            openssl x509 -noout -issuer -serial`),
        ),
      );
      for (const { stdout } of served) expect(stdout).toMatch(/Pebble Intermediate/);
      expect(new Set(served.map(({ stdout }) => stdout)).size).toBe(3);
    });
  },
  ...['certbot', 'pebble', 'pebble-challtestsrv'],
);
