import type { PlatformConfig } from '../../config/platform-config.ts';
import {
  containsNetwork,
  type Network,
  networksMeet,
  networkWithout,
  parseNetwork,
  printNetwork,
} from '../../units/network.ts';
import { defaultClusterCidr } from '../k3s/cluster-ranges.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Addresses that nginx sees when a pod calls it. */
export interface Insider {
  readonly network: Network;
  /** Completes "the addresses of": `the pods`, `node oslo-2`. */
  readonly whose: string;
}

/**
 * The addresses with which pods call nginx. On their own node it is the pod's own address. On another node, which they
 * reach by its address or over the internet, it is the address of the node that they run on, because flannel masquerades
 * all traffic that leaves the pods' range. Nodes whose address is not known are left out.
 */
export function insidersOf({ k3s, nodes }: Pick<PlatformConfig, 'k3s' | 'nodes'>): Insider[] {
  const pods = [k3s?.clusterCidr ?? defaultClusterCidr, k3s?.ipv6?.clusterCidr];
  const entries = sortedEntries(nodes);
  const named: [string | undefined, string][] = [
    ...pods.map((range): [string | undefined, string] => [range, 'the pods']),
    ...(entries.length < 2
      ? []
      : entries.flatMap(([name, { address, address6, externalAddress }]): [string | undefined, string][] => [
          [address, `node ${name}`],
          [address6, `node ${name}`],
          [externalAddress, `node ${name}`],
        ])),
  ];
  return named.flatMap(([text, whose]) => {
    const network = text === undefined ? undefined : parseNetwork(text);
    return network === undefined ? [] : [{ network, whose }];
  });
}

/** Networks that something is opened to, of which pods are never meant. */
export interface Outsiders {
  /** As written, without networks that contain only pods. */
  readonly networks: readonly string[];
  /** The parts of them that are addresses of pods, and must be excluded. */
  readonly except: readonly string[];
}

/** A list of networks as a person wrote it, and what must be taken out of it. */
export function outsidersOf(written: readonly string[], insiders: readonly Insider[]): Outsiders {
  const networks = written.flatMap((text) => {
    const network = parseNetwork(text);
    const isInside = network && insiders.some((insider) => containsNetwork(insider.network, network));
    return network === undefined || isInside ? [] : [{ text, network }];
  });
  const except = insiders
    .map(({ network }) => network)
    .filter((inside) => networks.some(({ network }) => networksMeet(network, inside)));
  return { networks: networks.map(({ text }) => text), except: except.map(printNetwork) };
}

/** The same as plain networks, for a language that cannot exclude a part of a network. */
export function withoutInsiders(written: readonly string[], insiders: readonly Insider[]): string[] {
  const taken = insiders.map(({ network }) => network);
  return written.flatMap((text) => {
    const network = parseNetwork(text);
    if (network === undefined) return [];
    const left = networkWithout(network, taken);
    return left.length === 1 && left[0] === network ? [text] : left.map(printNetwork);
  });
}
