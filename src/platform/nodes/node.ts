import type {
  Architecture,
  NodeConfig,
  NodeRole,
  OperatingSystem,
  ProviderName,
} from '../../config/nodes/node.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseDuration } from '../../units/amounts.ts';
import { sortedEntries } from '../sorted-entries.ts';
import type { JoinToken } from './join-tokens.ts';
import type { Opening } from './openings.ts';
import type { NodePrice } from './plan-prices.ts';
import type { NodeProxy } from './proxy/proxy.ts';
import { isTaken } from './taken-ports.ts';

/** One machine. */
export interface Node {
  readonly name: string;
  readonly provider: ProviderName;
  /** Bytes of user-data that the provider takes, and whether it says so itself or that is only assumed. */
  readonly userDataLimit: { readonly bytes: number; readonly published: boolean };
  readonly os: OperatingSystem;
  readonly arch: Architecture;
  readonly role: NodeRole;
  /** Whether it is the server that the others join and that applies the manifests. True for a single node. */
  readonly first: boolean;
  /** The first server's address, for a node that joins: for an agent the external one, if there is one. */
  readonly joins: string | undefined;
  /** The tokens that its user-data must get, each at its own place. */
  readonly tokens: readonly JoinToken[];
  readonly address: string | undefined;
  readonly address6: string | undefined;
  /** Where nodes of other networks reach it, if not at `address`. */
  readonly externalAddress: string | undefined;
  readonly interface: string | undefined;
  /** Whether nginx runs here. */
  readonly nginx: boolean;
  /** `key=value`, sorted. */
  readonly labels: readonly string[];
  readonly taints: readonly string[];
  readonly sshPort: number;
  readonly openings: readonly Opening[];
  /** Bytes, as the provider's plan has them. */
  readonly memory: number;
  readonly cpus: number;
  /** Bytes. Undefined where the config does not say. */
  readonly disk: number | undefined;
  /** The device that is mounted at `/var/lib/rancher`; undefined: that is on the system's disk. */
  readonly dataDisk: string | undefined;
  /** Undefined where the node reaches the internet by itself. */
  readonly proxy: NodeProxy | undefined;
  /** Undefined where the machine keeps what its provider gave it. */
  readonly ssh: { readonly keys: readonly string[]; readonly user: string | undefined } | undefined;
  /** A month, without VAT. Undefined where it is not known. */
  readonly price: NodePrice | undefined;
  /** Milliseconds. Undefined if a slow disk is only reported in the log. */
  readonly fsyncLimit: number | undefined;
  /** In the order of the drop-in. */
  readonly sysctls: readonly Sysctl[];
}

/** One line of the drop-in, or the reason why a key of the profile is left alone on this OS. */
export interface Sysctl {
  readonly key: string;
  /** Undefined when the OS's own value is kept. */
  readonly value: string | undefined;
  readonly reason: string;
}

/** Users that an image already has, as which nobody should log in by name. */
const imageUsers = new Set(['root', 'daemon', 'bin', 'sys', 'www-data', 'nobody', 'sshd']);

/** Reports what is wrong with a single node. */
export function diagnoseNode(name: string, node: NodeConfig): Diagnostic[] {
  const path = ['nodes', name];
  const reserved = sortedEntries(node.labels).filter(([key]) => /(^|\.)(kubernetes|k8s)\.io\//.test(key));
  return [
    ...(name === 'localhost' ? [report('resolve/node-named-localhost', path, undefined, { at: 'key' })] : []),
    ...(node.sshPort !== undefined && isTaken(node.sshPort)
      ? [report('resolve/port-taken', [...path, 'sshPort'], { port: node.sshPort, program: 'SSH' })]
      : []),
    ...(node.ssh?.user !== undefined && imageUsers.has(node.ssh.user)
      ? [report('resolve/user-exists', [...path, 'ssh', 'user'], { user: node.ssh.user })]
      : []),
    ...(node.fsyncLimit !== undefined && parseDuration(node.fsyncLimit) === 0
      ? [report('resolve/fsync-limit-zero', [...path, 'fsyncLimit'], undefined)]
      : []),
    ...reserved.map(([key]) =>
      report('resolve/label-reserved', [...path, 'labels', key], { key }, { at: 'key' }),
    ),
  ];
}
