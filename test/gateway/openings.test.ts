import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { loadFirewall, type Machine, on, startStranger } from './cluster-network.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type Node, startNode } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const office = ['198.51.100.7', '2001:db8:c::7'];
const elsewhere = ['203.0.113.50', '2001:db8:d::7'];
const platform: PlatformConfig = {
  ...gatewayPlatform,
  nodes: {
    'node-1': {
      ...gatewayPlatform.nodes['node-1'],
      // One lies in another, as in lists of networks that grow.
      sshNetworks: ['198.51.100.0/24', '198.51.100.7/32', '2001:db8:c::/48'],
      ports: [
        { port: 9100, networks: ['198.51.100.0/24', '2001:db8:c::/48'], reason: 'node exporter' },
        { port: 9200, reason: 'a program for everybody' },
      ],
    },
  },
  k3s: { apiNetworks: ['198.51.100.0/24', '2001:db8:c::/48'] },
};

describeGateway(
  'a node that opens ports to networks',
  () => {
    let node: Node;
    let outside: Machine;
    beforeAll(async () => {
      const files = compiledNodeFiles(platform);
      node = await startNode(files, []);
      outside = await startStranger(node, [...office, ...elsewhere]);
      const listen = [22, 6443, 9100, 9200, 9300]
        .map((port) => `timeout 100 python3 -m http.server --bind :: ${port} >/dev/null 2>&1 &`)
        .join('\n');
      await on(node, `${loadFirewall}\n${listen}\nsleep 2`);
    });
    afterAll(async () => {
      await outside?.stop();
      await node?.stop();
    });

    const open = async (from: string): Promise<number[]> => {
      const to = from.includes(':') ? '[2001:db8::1]' : '192.0.2.1';
      const ask = async (port: number): Promise<number[]> => {
        const { stdout } = await outside.node.runInNetwork('curl', [
          ...['--silent', '--max-time', '2', '--interface', from, '--output', '/dev/null'],
          ...['--write-out', '%{http_code}', `http://${to}:${port}/`],
        ]);
        return stdout === '200' ? [port] : [];
      };
      return (await Promise.all([22, 6443, 9100, 9200, 9300].map(ask))).flat();
    };

    it.each(office)('%s reaches SSH, the API and what is opened to it', async (from) => {
      expect(await open(from)).toEqual([22, 6443, 9100, 9200]);
    });

    it.each(elsewhere)('%s reaches what is opened to everybody', async (from) => {
      expect(await open(from)).toEqual([9200]);
    });
  },
  'nft',
);
