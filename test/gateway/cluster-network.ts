import { type Child, startChild } from './child.ts';
import type { UpstreamRequest } from './messages.ts';
import { type Node, startNode } from './node.ts';

/** What a Service and its pod have: the same offset in both ranges, for IPv4 and IPv6. */
export const service = { v4: '10.43.0.80', v6: 'fd00:43::80' } as const;
export const ranges = {
  pods: { v4: '10.42.0.0/16', v6: 'fd00:42::/56' },
  services: { v4: '10.43.0.0/16', v6: 'fd00:43::/112' },
} as const;
const port = 8080;

/** A machine that answers on a port of some addresses, and says what arrived there. */
export interface Machine {
  readonly node: Node;
  arrived(): Promise<UpstreamRequest[]>;
  stop(): Promise<void>;
}

/** Runs a script on a node, which must end well. */
export async function on(node: Node, script: string): Promise<string> {
  const { status, stdout, stderr } = await node.run(script);
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

/** A pod of a node: beyond its bridge cni0, which the first pod makes. */
export async function startPod(node: Node, subnet: number, host: number): Promise<Machine> {
  const pod = await startNode([], []);
  const gateway = addressesOfPod(subnet, 1);
  const own = addressesOfPod(subnet, host);
  await on(
    node,
    `if ! ip link show cni0 >/dev/null 2>&1; then
       ip link add cni0 type bridge
       ip address add ${gateway.v4}/24 dev cni0
       ip address add ${gateway.v6}/64 dev cni0 nodad
       ip link set cni0 up
       sysctl --quiet net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
     fi`,
  );
  await must(node, `ip link add pod${host} type veth peer name eth0 netns ${pod.first}`);
  await on(node, `ip link set pod${host} master cni0 up`);
  await on(
    pod,
    `ip link set eth0 up
     ip address add ${own.v4}/24 dev eth0
     ip address add ${own.v6}/64 dev eth0 nodad
     ip route add default via ${gateway.v4}
     ip route add default via ${gateway.v6}`,
  );
  return startResponder(pod, [own.v4, own.v6]);
}

export function addressesOfPod(subnet: number, host: number): { readonly v4: string; readonly v6: string } {
  const group = subnet.toString(16);
  return { v4: `10.42.${subnet}.${host}`, v6: `fd00:42:0:${group}::${host.toString(16)}` };
}

/** Somebody in the provider's network, by way of eth0 of a node, who answers at these addresses of other people. */
export async function startStranger(node: Node, held: readonly string[]): Promise<Machine> {
  const stranger = await startNode([], []);
  await must(node, `ip link add eth0 type veth peer name eth0 netns ${stranger.first}`);
  await on(
    node,
    `ip link set eth0 up
     ip address add 192.0.2.1/24 dev eth0
     ip address add 2001:db8::1/64 dev eth0 nodad
     ip route add default via 192.0.2.254
     ip route add default via 2001:db8::fe`,
  );
  await on(
    stranger,
    `ip link set eth0 up
     ip address add 192.0.2.254/24 dev eth0
     ip address add 2001:db8::fe/64 dev eth0 nodad
     ${held.map((address) => `ip address add ${address} dev lo`).join('\n')}`,
  );
  return startResponder(stranger, ['192.0.2.254', '2001:db8::fe', ...held]);
}

/** What kube-proxy makes of one Service with one pod, in tables of its own. */
export function kubeProxy(pod: { readonly v4: string; readonly v6: string }): string {
  const family = (name: string, from: string, to: string, pods: string) => `
table ${name} kube_proxy {
  chain translate {
    ${name} daddr ${from} tcp dport ${port} dnat to ${to}:${port}
  }
  chain output {
    type nat hook output priority -100
    goto translate
  }
  chain prerouting {
    type nat hook prerouting priority -100
    goto translate
  }
  chain postrouting {
    type nat hook postrouting priority 100
    ${name} saddr != ${pods} ${name} daddr ${pods} masquerade
  }
}`;
  return `nft --file - <<'END'
${family('ip', service.v4, pod.v4, ranges.pods.v4)}
${family('ip6', service.v6, `[${pod.v6}]`, ranges.pods.v6)}
END`;
}

/** Takes kube-proxy's rules away, as a flush or a boot does. */
export const withoutKubeProxy = `nft delete table ip kube_proxy
nft delete table ip6 kube_proxy`;

export const loadFirewall = 'nft --file /etc/fjord/firewall.nft';

/** What a call by curl comes to: the status (000: none), after how many seconds, and what answered. */
export async function call(
  from: Node,
  address: string,
  path = '/',
): Promise<{ status: string; took: number }> {
  const host = address.includes(':') ? `[${address}]` : address;
  const { stdout } = await from.runInNetwork('curl', [
    ...['--silent', '--max-time', '2', '--output', '/dev/null', '--write-out', '%{http_code} %{time_total}'],
    `http://${host}:${port}${path}`,
  ]);
  const [status = '', took = ''] = stdout.split(' ');
  return { status, took: Number(took) };
}

/** Has a node answer on the port of some of its addresses. */
export async function startResponder(node: Node, addresses: readonly string[]): Promise<Machine> {
  const places = addresses.map((one) => `${one.includes(':') ? `[${one}]` : one}:${port}`);
  const stub: Child = await startChild(node.enterNetwork, 'stub-upstream.ts', ...places);
  return {
    node,
    arrived: async () => (await stub.ask(undefined)) as UpstreamRequest[],
    stop: async () => {
      await stub.stop();
      await node.stop();
    },
  };
}

/** In the node's network, with process IDs of this machine. */
async function must(node: Node, command: string): Promise<void> {
  const [tool = '', ...args] = command.split(' ');
  const { status, stderr } = await node.runInNetwork(tool, args);
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}
