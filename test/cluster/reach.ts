import { allowsEgress } from '../../src/verify/kubernetes/network-policy.ts';
import { mayReach } from '../../src/verify/kubernetes/network-reach.ts';
import type { Running, RunningPod } from './running.ts';

/** Somebody who listens: a pod's address or another. */
interface Listener {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> } | undefined;
}

/** Ports on which the pods of a platform listen, by the label that selects them. */
const ports: Readonly<Record<string, readonly number[]>> = {
  gateway: [8080, 8081, 8082],
  prometheus: [9090],
  alertmanager: [9093],
  nats: [4222],
};

/** The cloud's metadata, and a place on the internet. */
const outside = { metadata: '169.254.169.254', internet: '203.0.113.80' };

/**
 * Who reaches whom, one line for each pair: tried from each pod's own network, and computed as `verify` does. Everybody
 * listens: what a pair does not reach, the node itself does.
 */
export async function matrixOf(running: Running): Promise<{ tried: string[]; computed: string[] }> {
  const pods = onePerWorkload(running.pods());
  const listeners = [...pods.flatMap(listenersOf), ...othersOf(running)];
  for (const address of Object.values(outside)) {
    running.world.run('ip', 'address', 'replace', `${address}/32`, 'dev', 'world');
    running.world.spawn(['python3', '-m', 'http.server', '--bind', address, '80'], 'ignore');
  }
  await running.first.until('listeners', 30, () =>
    listeners.every(({ address, port }) => reaches(running, [], address, port)),
  );
  const tried: string[] = [];
  const computed: string[] = [];
  for (const pod of pods) {
    const network = networkOf(running, pod);
    for (const listener of listeners) {
      if (listener.address === pod.status.podIP) continue;
      const pair = `${nameOf(pod)} -> ${listener.name}`;
      const may = expects(running, pod, listener);
      tried.push(`${pair}: ${reaches(running, network, listener.address, listener.port)}`);
      computed.push(`${pair}: ${may}`);
    }
  }
  return { tried, computed };
}

function expects({ dist }: Running, { metadata }: RunningPod, { pod, address, port }: Listener): boolean {
  const { namespace, labels } = metadata;
  return pod === undefined
    ? allowsEgress(dist.objects, { namespace, labels }, { address, port })
    : mayReach(dist, { namespace, labels }, pod, port);
}

/** Pods of the platform itself; of copies the first. */
function onePerWorkload(pods: readonly RunningPod[]): RunningPod[] {
  const byName = new Map(
    pods.filter(({ metadata }) => /^openfaas/.test(metadata.namespace)).map((pod) => [nameOf(pod), pod]),
  );
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pod]) => pod);
}

function nameOf({ metadata }: RunningPod): string {
  return metadata.labels.app ?? metadata.labels.faas_function ?? metadata.name;
}

function listenersOf(pod: RunningPod): Listener[] {
  const { namespace, labels } = pod.metadata;
  return (ports[nameOf(pod)] ?? [8080]).map((port) => ({
    name: `${nameOf(pod)}:${port}`,
    address: pod.status.podIP ?? '',
    port,
    pod: { namespace, labels },
  }));
}

/** The node's own ports, its cloud, and a place on the internet. */
function othersOf({ first }: Running): Listener[] {
  const other = (name: string, address: string, port: number): Listener => ({
    name,
    address,
    port,
    pod: undefined,
  });
  return [
    other('API server', first.address, 6443),
    other('kubelet', first.address, 10_250),
    other('SSH', first.address, 22),
    other('nginx', first.address, 443),
    other('metadata', outside.metadata, 80),
    other('internet', outside.internet, 80),
  ];
}

/** How a program is run in a pod's own network, on its node. */
function networkOf({ first }: Running, { status }: RunningPod): string[] {
  const script =
    'for one in /run/netns/*; do if nsenter --net="$one" ip -4 -brief address | grep -q "$0/"; then echo "$one"; fi; done';
  const found = first.must('bash', '-c', script, `${status.podIP}`).trim();
  if (found === '') throw new Error(`no network has ${status.podIP}`);
  return ['nsenter', `--net=${found}`];
}

function reaches({ first }: Running, network: readonly string[], address: string, port: number): boolean {
  const [program = '', ...args] = [
    ...network,
    ...['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`],
  ];
  return first.run(program, ...args).status === 0;
}
