import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { checkedNetwork, networksMeet, parseNetwork, printNetwork } from '../../units/network.ts';
import { isAddress } from '../functions/callbacks.ts';
import { diagnoseForm } from '../gateway/networks.ts';
import { defaultClusterCidr, defaultServiceCidr } from '../k3s/cluster-ranges.ts';

/** The hosts outside that the queue worker sends results to. */
export interface CallbackEgress {
  /** Sorted. */
  readonly ports: readonly number[];
  /** Undefined: the internet, without private addresses. */
  readonly networks: readonly string[] | undefined;
}

/** Undefined if no function has a callback outside of the cluster. */
export function resolveCallbackEgress({ functions, openfaas }: PlatformConfig): CallbackEgress | undefined {
  const addresses = Object.values(functions)
    .flatMap(({ callbacks = [] }) => callbacks)
    .filter((callback) => isAddress(callback) && URL.canParse(callback));
  if (addresses.length === 0) return undefined;
  const ports = addresses.map((address) => Number(new URL(address).port || 443));
  const networks = openfaas?.callbackNetworks;
  return {
    ports: [...new Set(ports)].sort((a, b) => a - b),
    networks: networks && [...networks].sort(),
  };
}

/** Addresses of clouds' metadata services. */
const metadata = [
  '169.254.0.0/16',
  '168.63.129.16/32',
  '100.100.100.200/32',
  'fe80::/10',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
];

/** Reports networks that are not valid, hold parts of the cluster, or have no effect. */
export function diagnoseCallbackNetworks(
  { openfaas = {}, k3s = {} }: PlatformConfig,
  install: 'native' | 'helm',
  egress: CallbackEgress | undefined,
): Diagnostic[] {
  const { callbackNetworks: networks } = openfaas;
  if (networks === undefined) return [];
  const path = ['openfaas', 'callbackNetworks'];
  if (install === 'helm' || egress === undefined) {
    const why =
      install === 'helm'
        ? "all parts of OpenFaaS' chart may reach the internet"
        : 'no function has a callback outside of the cluster';
    return [report('resolve/callback-networks-unused', path, { why }, { at: 'key' })];
  }
  const form = diagnoseForm(networks, path);
  if (form.length > 0) return form;
  const { clusterCidr = defaultClusterCidr, serviceCidr = defaultServiceCidr, ipv6 } = k3s;
  const closed = [
    clusterCidr,
    serviceCidr,
    ...(ipv6 ? [ipv6.clusterCidr, ipv6.serviceCidr] : []),
    ...metadata,
    '127.0.0.0/8',
  ].flatMap((range) => (range === undefined ? [] : [checkedNetwork(range)]));
  return networks.flatMap((text, index) => {
    const network = parseNetwork(text);
    const range = network && closed.find((one) => networksMeet(one, network));
    if (range === undefined) return [];
    const params = { network: text, range: printNetwork(range) };
    return [report('resolve/callback-network-inside', [...path, index], params)];
  });
}
