import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { FlannelBackend } from '../../src/platform/k3s/flannel.ts';
import { cable } from './cable.ts';
import {
  addressesOfPod,
  call,
  kubeProxy,
  loadFirewall,
  type Machine,
  on,
  ranges,
  service,
  startPod,
  startResponder,
} from './cluster-network.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { startNode } from './node.ts';
import { filesByNode } from './node-files.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const platform = (flannelBackend: FlannelBackend): PlatformConfig => ({
  ...gatewayPlatform,
  nodes: {
    'node-1': { role: 'server', address: '192.0.2.1', address6: '2001:db8::1', memory: '16Gi', cpus: 3 },
    'node-2': { role: 'agent', address: '192.0.2.2', address6: '2001:db8::2', memory: '16Gi', cpus: 3 },
  },
  k3s: { ipv6: { clusterCidr: ranges.pods.v6, serviceCidr: ranges.services.v6 }, flannelBackend },
});

const families = ['v4', 'v6'] as const;
const [podOf1, podOf2] = [addressesOfPod(0, 5), addressesOfPod(1, 5)];
/** In the range of pods, and nobody's. */
const forged = { v4: '10.42.1.77', v6: 'fd00:42:0:1::77' };

/** By what a node sends to pods of the other one. The devices are wires with flannel's names: these need no kernel module. */
const networks: Record<
  FlannelBackend,
  { devices: readonly string[]; up: (own: number, other: number) => string }
> = {
  vxlan: {
    devices: ['flannel.1', 'flannel-v6.1'],
    up: (own, other) => `ip address add 10.42.${own}.0/32 dev flannel.1
      ip address add fd00:42:0:${own}::/128 dev flannel-v6.1 nodad
      ip route add 10.42.${other}.0/24 via 10.42.${other}.0 dev flannel.1 onlink
      ip route add fd00:42:0:${other}::/64 via fd00:42:0:${other}:: dev flannel-v6.1 onlink`,
  },
  'wireguard-native': {
    devices: ['flannel-wg', 'flannel-wg-v6'],
    up: (own) => `ip address add 10.42.${own}.0/32 dev flannel-wg
      ip address add fd00:42:0:${own}::/128 dev flannel-wg-v6 nodad
      ip route add ${ranges.pods.v4} dev flannel-wg
      ip route add ${ranges.pods.v6} dev flannel-wg-v6`,
  },
  'host-gw': {
    devices: [],
    up: (_, other) => `ip route add 10.42.${other}.0/24 via 192.0.2.${other + 1}
      ip route add fd00:42:0:${other}::/64 via 2001:db8::${other + 1}`,
  },
};

describeGateway(
  'packets for Services and pods, on several nodes',
  () => {
    describe.each(Object.entries(networks))('%s', (backend, { devices, up }) => {
      const machines: Machine[] = [];
      const at = (index: number): Machine => {
        const machine = machines[index];
        if (machine === undefined) throw new Error(`no machine ${index}`);
        return machine;
      };
      const [neighbour, node1, node2, pod1, pod2] = [0, 1, 2, 3, 4].map((index) => () => at(index)) as [
        () => Machine,
        () => Machine,
        () => Machine,
        () => Machine,
        () => Machine,
      ];

      beforeAll(async () => {
        const files = filesByNode(platform(backend as FlannelBackend));
        const nodes = await Promise.all([
          startNode([], []),
          startNode(files.get('node-1') ?? [], []),
          startNode(files.get('node-2') ?? [], []),
        ]);
        const [stranger, one, two] = nodes;
        await cable(nodes, ['192.0.2.254/24', '192.0.2.1/24', '192.0.2.2/24']);
        await on(stranger, 'ip address add 2001:db8::fe/64 dev cable nodad');
        for (const [own, other, node] of [
          [0, 1, one],
          [1, 0, two],
        ] as const) {
          await on(node, `ip address add 2001:db8::${own + 1}/64 dev cable nodad`);
          await on(node, 'ip route add default via 192.0.2.254; ip route add default via 2001:db8::fe');
          if (own === 0) {
            for (const name of devices) {
              const made = await node.runInNetwork('ip', [
                ...['link', 'add', name, 'address', '02:00:00:00:00:01', 'type', 'veth'],
                ...['peer', 'name', name, 'address', '02:00:00:00:00:01', 'netns', two.first],
              ]);
              if (made.status !== 0) throw new Error(made.stderr);
            }
          }
          for (const name of devices) await on(node, `ip link set ${name} arp off up`);
          await on(node, up(own, other));
        }
        const held = [podOf2.v4, podOf2.v6, service.v4, service.v6];
        await on(stranger, held.map((address) => `ip address add ${address} dev lo`).join('\n'));
        machines.push(
          await startResponder(stranger, held),
          await startResponder(one, []),
          await startResponder(two, []),
          await startPod(one, 0, 5),
          await startPod(two, 1, 5),
        );
        await on(
          stranger,
          `ip route add 10.42.0.0/24 via 192.0.2.1; ip route add fd00:42::/64 via 2001:db8::1`,
        );
      });
      afterAll(() => Promise.all(machines.map((machine) => machine.stop())));

      it('a neighbour reaches pods without the table', async () => {
        for (const family of families) {
          expect(await call(neighbour().node, podOf1[family])).toMatchObject({ status: '200' });
        }
        await pod1().arrived();
      });

      it('nodes and pods reach pods and Services of the other node', async () => {
        for (const { node } of [node1(), node2()]) {
          await on(node, `${loadFirewall}\n${kubeProxy(podOf2)}`);
        }
        for (const family of families) {
          for (const { node } of [node1(), node2(), pod1()]) {
            expect(await call(node, service[family])).toMatchObject({ status: '200' });
            expect(await call(node, podOf2[family])).toMatchObject({ status: '200' });
          }
          expect(await call(pod2().node, podOf1[family])).toMatchObject({ status: '200' });
        }
        expect(await neighbour().arrived()).toEqual([]);
        expect(await pod2().arrived()).toHaveLength(12);
        expect(await pod1().arrived()).toHaveLength(2);
      });

      it('a neighbour does not', async () => {
        for (const family of families) {
          expect(await call(neighbour().node, podOf1[family])).toMatchObject({ status: '000' });
        }
        expect(await pod1().arrived()).toEqual([]);
      });

      it(`a neighbour with a pod's address gets ${devices.length > 0 ? 'nothing' : 'packets, but no answers,'} through`, async () => {
        await on(
          pod1().node,
          `nft --file - <<'END'
table inet seen {
  chain input {
    type filter hook input priority 0
    ip saddr ${forged.v4} counter
    ip6 saddr ${forged.v6} counter
  }
}
END`,
        );
        for (const family of families) {
          await on(neighbour().node, `ip address add ${forged[family]} dev lo`);
          const to = family === 'v4' ? podOf1.v4 : `[${podOf1.v6}]`;
          const { stdout } = await neighbour().node.runInNetwork('curl', [
            ...['--silent', '--max-time', '2', '--interface', forged[family]],
            ...['--write-out', '%{http_code}', '--output', '/dev/null', `http://${to}:8080/`],
          ]);
          expect(stdout).toBe('000');
        }
        const counted = await on(pod1().node, 'nft list table inet seen');
        const packets = [...counted.matchAll(/counter packets (\d+)/g)].map(([, count]) => Number(count));
        expect(packets.map((count) => count > 0)).toEqual([devices.length === 0, devices.length === 0]);
        expect(await pod1().arrived()).toEqual([]);
      });

      it('when the network between nodes is gone, nothing leaves for the next router', async () => {
        const gone =
          devices.length > 0
            ? devices.map((name) => `ip link set ${name} down`).join('\n')
            : 'ip route del 10.42.1.0/24; ip route del fd00:42:0:1::/64';
        await on(node1().node, gone);
        for (const family of families) {
          for (const to of [service[family], podOf2[family]]) {
            const { status, took } = await call(node1().node, to);
            expect(status).toBe('000');
            expect(took).toBeLessThan(0.25);
            expect(await call(pod1().node, to)).toMatchObject({ status: '000' });
          }
        }
        expect(await neighbour().arrived()).toEqual([]);
        // Without the table they do.
        await on(node1().node, 'nft delete table inet fjord');
        for (const family of families) {
          expect(await call(node1().node, podOf2[family])).toMatchObject({ status: '200' });
        }
        expect(await neighbour().arrived()).toHaveLength(2);
      });
    });
  },
  'nft',
);
