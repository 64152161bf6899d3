import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
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
  startStranger,
  withoutKubeProxy,
} from './cluster-network.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import type { Node } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';
import { startGatewayNode } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const platform: PlatformConfig = {
  ...gatewayPlatform,
  k3s: { ipv6: { clusterCidr: ranges.pods.v6, serviceCidr: ranges.services.v6 } },
};
const pod = addressesOfPod(0, 5);
const families = ['v4', 'v6'] as const;

describeGateway(
  'packets for Services and pods, on one node',
  () => {
    let node: Node;
    let domain: string;
    let machines: Machine[] = [];
    beforeAll(async () => {
      const started = await startGatewayNode(compiledNodeFiles(platform));
      ({ node, domain } = started);
      // There a stand-in for the gateway would listen; here nobody has the address until kube-proxy translates it.
      await on(node, `ip address del ${service.v4}/32 dev lo`);
      machines = [
        await startStranger(node, [service.v4, service.v6]),
        await startPod(node, 0, 5),
        await startPod(node, 0, 6),
      ];
    });
    afterAll(async () => {
      await Promise.all(machines.map((machine) => machine.stop()));
      await node?.stop();
    });
    const at = (index: number): Machine => {
      const machine = machines[index];
      if (machine === undefined) throw new Error(`no machine ${index}`);
      return machine;
    };
    const [stranger, first, second] = [() => at(0), () => at(1), () => at(2)];

    /** Through nginx: the status and seconds. */
    const throughNginx = async () => {
      const { stdout } = await node.runInNetwork('curl', [
        ...['--silent', '--insecure', '--max-time', '20', '--resolve', `${domain}:443:127.0.0.1`],
        ...['--output', '/dev/null', '--write-out', '%{http_code} %{time_total}'],
        ...['--header', 'Authorization: Bearer secret', '--data', 'body'],
        `https://${domain}/function/echo`,
      ]);
      const [status = '', took = ''] = stdout.split(' ');
      return { status, took: Number(took) };
    };
    const forget = () => Promise.all(machines.map((machine) => machine.arrived()));

    beforeEach(async () => {
      await on(node, `nft flush ruleset; nginx -s reload; sleep 0.3`);
      await forget();
    });

    it('without the table, a stranger is given the call and answers it', async () => {
      expect(await throughNginx()).toMatchObject({ status: '200' });
      const [seen] = await stranger().arrived();
      expect(seen?.headers.authorization).toBe('Bearer secret');
      expect(await call(node, service.v6)).toMatchObject({ status: '200' });
    });

    it('before K3s is up, nothing leaves, and nginx answers 502 at once', async () => {
      await on(node, loadFirewall);
      for (let times = 0; times < 20; times++) {
        const { status, took } = await throughNginx();
        expect(status).toBe('502');
        expect(took).toBeLessThan(0.25);
      }
      for (const family of families) {
        for (const caller of [node, first().node]) {
          const { status, took } = await call(caller, service[family]);
          expect(status).toBe('000');
          expect(took).toBeLessThan(0.25);
        }
      }
      expect(await stranger().arrived()).toEqual([]);
    });

    it('when K3s is up, all that it needs gets through', async () => {
      await on(node, `${loadFirewall}\n${kubeProxy(pod)}`);
      expect(await throughNginx()).toMatchObject({ status: '200' });
      for (const family of families) {
        expect(await call(node, service[family])).toMatchObject({ status: '200' });
        // Probes of the kubelet.
        expect(await call(node, pod[family])).toMatchObject({ status: '200' });
        expect(await call(second().node, service[family])).toMatchObject({ status: '200' });
        expect(await call(second().node, pod[family])).toMatchObject({ status: '200' });
      }
      expect(await first().arrived()).toHaveLength(9);
      expect(await stranger().arrived()).toEqual([]);
    });

    it('pods reach the internet and their node', async () => {
      await on(node, loadFirewall);
      await on(stranger().node, `ip route replace ${ranges.pods.v4} via 192.0.2.1`);
      await on(stranger().node, `ip route replace ${ranges.pods.v6} via 2001:db8::1`);
      for (const address of ['192.0.2.254', '2001:db8::fe']) {
        expect(await call(first().node, address)).toMatchObject({ status: '200' });
      }
      const asked = await first().node.runInNetwork('curl', [
        ...['--silent', '--insecure', '--max-time', '5', '--resolve', `${domain}:443:192.0.2.1`],
        ...['--output', '/dev/null', '--write-out', '%{http_code}', `https://${domain}/nothing`],
      ]);
      expect(asked.stdout).toBe('404');
    });

    it("after a flush of kube-proxy's rules, nothing leaves", async () => {
      await on(node, `${loadFirewall}\n${kubeProxy(pod)}`);
      expect(await throughNginx()).toMatchObject({ status: '200' });
      await on(node, `${withoutKubeProxy}; nginx -s reload; sleep 0.3`);
      const { status, took } = await throughNginx();
      expect(status).toBe('502');
      expect(took).toBeLessThan(0.25);
      expect(await stranger().arrived()).toEqual([]);
    });

    it('when only the network of pods is gone, nothing for them leaves either', async () => {
      await on(node, `${loadFirewall}\n${kubeProxy(pod)}`);
      const held = `${pod.v4}/32 ${pod.v6}/128`;
      await on(stranger().node, `for one in ${held}; do ip address add $one dev lo; done`);
      await on(node, 'ip link set cni0 down');
      try {
        const { status, took } = await throughNginx();
        expect(status).toBe('502');
        expect(took).toBeLessThan(0.25);
        for (const family of families) {
          expect(await call(node, service[family])).toMatchObject({ status: '000' });
          expect(await call(node, pod[family])).toMatchObject({ status: '000' });
        }
        expect(await stranger().arrived()).toEqual([]);
        // A route without a router: the address itself is asked for on the wire.
        await on(node, 'ip route replace default dev eth0');
        expect(await call(node, pod.v4)).toMatchObject({ status: '000' });
        expect(await stranger().arrived()).toEqual([]);
      } finally {
        await on(stranger().node, `for one in ${held}; do ip address del $one dev lo; done`);
        await on(node, 'ip link set cni0 up; ip route replace default via 192.0.2.254');
        await on(node, `ip address replace ${addressesOfPod(0, 1).v6}/64 dev cni0 nodad`);
      }
    });

    describe('a neighbour with routes through the node', () => {
      beforeAll(async () => {
        await on(
          stranger().node,
          `ip address del ${service.v4}/32 dev lo; ip address del ${service.v6}/128 dev lo
           ip route add ${service.v4} via 192.0.2.1; ip route add ${service.v6} via 2001:db8::1
           ip route replace ${ranges.pods.v4} via 192.0.2.1
           ip route replace ${ranges.pods.v6} via 2001:db8::1`,
        );
      });

      it.each(families)('reaches pods and Services without the table (%s)', async (family) => {
        await on(node, kubeProxy(pod));
        expect(await call(stranger().node, pod[family])).toMatchObject({ status: '200' });
        expect(await call(stranger().node, service[family])).toMatchObject({ status: '200' });
      });

      it.each(families)('reaches neither (%s)', async (family) => {
        await on(node, `${loadFirewall}\n${kubeProxy(pod)}`);
        expect(await call(stranger().node, pod[family])).toMatchObject({ status: '000' });
        expect(await call(stranger().node, service[family])).toMatchObject({ status: '000' });
        expect(await first().arrived()).toEqual([]);
      });
    });
  },
  'nft',
);
