import type { MoneyConfig } from '../cost/money.ts';
import type { Network } from '../gateway/units.ts';
import type { CountryCode, Duration, Ipv4Address, Ipv6Address, MemoryQuantity } from '../units.ts';
import type { OpenPortConfig } from './open-ports.ts';
import type { NodeProxyConfig } from './proxy.ts';
import type { SshConfig } from './ssh.ts';

/** What the node runs. Package versions, kernel defaults and nginx's syntax follow from it. */
export type OperatingSystem = 'debian-12' | 'debian-13' | 'ubuntu-24.04' | 'ubuntu-26.04';

/** Who rents out the machine. Its limit on user-data and its owner's country follow from it. */
export type ProviderName =
  | 'coolvds'
  | 'hetzner'
  | 'digitalocean'
  | 'aws'
  | 'azure'
  | 'gcp'
  | 'linode'
  | 'scaleway'
  | 'exoscale'
  | 'ovh'
  | 'vultr'
  | 'upcloud'
  | 'generic';

/** `server`: runs the Kubernetes control plane and workloads. `agent`: runs workloads only. */
export type NodeRole = 'server' | 'agent';

export type Architecture = 'amd64' | 'arm64';

/** One machine. Its host name is its key in `nodes`. */
export interface NodeConfig {
  /**
   * Who rents out the machine.
   *
   * @default "generic"
   */
  provider?: ProviderName;

  /**
   * The image that the machine is installed from.
   *
   * @default "debian-12"
   */
  os?: OperatingSystem;

  /**
   * What the node does in the cluster. Required with several nodes; a single node is a server.
   *
   * @default "server"
   */
  role?: NodeRole;

  /**
   * The processor.
   *
   * @default "amd64"
   */
  arch?: Architecture;

  /**
   * The server that is created first and that the others join. Do not change it while the cluster lives.
   *
   * @default the server whose name comes first
   */
  first?: true;

  /**
   * The address at which the other nodes reach this one. The machine itself must have it, so behind a NAT write the
   * inner one. Needed on each of several servers and on a server with agents, because the others join there. The
   * firewall opens the cluster's ports only to known addresses.
   */
  address?: Ipv4Address;

  /** The same in IPv6. Needed with `k3s.ipv6` where `address` is given. */
  address6?: Ipv6Address;

  /**
   * The public address at which nodes of other networks reach this one, where the machine itself does not have it: a NAT
   * passes its packets on to `address`, and sends this machine's own packets from it. Each node needs its own. With
   * several nodes only, and with `wireguard-native`, which carries all that pods of different nodes send each other.
   */
  externalAddress?: Ipv4Address;

  /**
   * The network interface that leads to the other nodes.
   *
   * @default the one that has `address`; without `address`, that of the default route
   */
  interface?: InterfaceName;

  /**
   * Whether nginx runs here, so that calls may be sent to this node.
   *
   * @default true on a server, false on an agent
   */
  nginx?: boolean;

  /** Labels of the Kubernetes node. K3s sets them when the node first joins, and not later. */
  labels?: Record<NodeLabelKey, NodeLabelValue>;

  /**
   * Taints, which keep pods away from the node. Set when the node first joins, and not later.
   *
   * @minItems 1
   * @uniqueItems true
   */
  taints?: NodeTaint[];

  /**
   * The TCP port of the machine's SSH server, which the firewall leaves open.
   *
   * @default 22
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  sshPort?: number;

  /**
   * The networks from which the SSH port is open. Unset, it is open to everyone, and keys decide who gets in. Beware of
   * networks whose addresses change: from elsewhere, only the provider's console still leads to the machine.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["192.0.2.0/24"]]
   */
  sshNetworks?: Network[];

  /**
   * Ports of programs of your own on this machine, such as an exporter of a monitoring. Every other port is closed.
   *
   * @minItems 1
   * @examples [[{ "port": 9100, "networks": ["192.0.2.0/24"], "reason": "node exporter of the monitoring" }]]
   */
  ports?: OpenPortConfig[];

  /**
   * The provider's plan of the machine, by its name there. `memory`, `cpus`, `disk` and `arch` follow from it. Of some
   * providers only, as of a day: see docs/nodes.md. Where a disk of your own holds `/var`, write `disk` too.
   *
   * @examples ["cx33", "4xCPU-8GB"]
   */
  plan?: PlanName;

  /**
   * The machine's memory, as the provider's plan has it. It decides how much nginx may take, and so how many
   * connections and calls at once; what the kubelet keeps for K3s and the system; and whether all pods have room.
   * `apply.sh` refuses a machine with less than 90 % of it.
   *
   * @default that of `plan`; else "4Gi" on a server, "512Mi" on an agent, "1Gi" on one with nginx
   */
  memory?: MemoryQuantity;

  /**
   * The machine's processors. nginx runs one worker for each; if nodes with nginx differ, as many as the
   * smallest has. The pods that always run must have room on them.
   *
   * @default those of `plan`; else 2 on a server, 1 on an agent: the least that K3s asks for
   * @asType integer
   * @minimum 1
   * @maximum 256
   */
  cpus?: number;

  /**
   * The size of the disk that holds `/var`. If set, logs that do not fit are already an error here, and not
   * only in `apply.sh`.
   *
   * @examples ["40Gi"]
   */
  disk?: MemoryQuantity;

  /**
   * A disk only for K3s, such as a volume of the provider, by a path that stays the same after a reboot, which `/dev/vdb`
   * may not. It is mounted at `/var/lib/rancher`, which has the cluster's
   * state, images and volumes. An empty one is formatted (ext4); one that holds something else is refused. K3s does not
   * start without it.
   *
   * @title lasting path of a disk
   * @maxLength 200
   * @pattern ^/dev/disk/by-(id|partuuid|path|uuid)/[A-Za-z0-9._:+-]+$
   * @examples ["/dev/disk/by-id/scsi-0HC_Volume_12345678"]
   */
  dataDisk?: string;

  /** The HTTP proxy of a machine that reaches the internet only through one. */
  proxy?: NodeProxyConfig;

  /** Who may log in over SSH. */
  ssh?: SshConfig;

  /**
   * The slowest disk that is good enough: the set-up stops if more than one write in a hundred takes longer to reach the
   * disk. Unset, the time is only written to the log and to `/var/lib/fjord/fsync`.
   *
   * @examples ["10ms"]
   */
  fsyncLimit?: Duration;

  /**
   * What the machine costs in a month, which `fjord cost` adds up.
   *
   * @default the list price of `plan`, where Fjord knows one as of a day: see docs/cost.md
   */
  price?: MoneyConfig;

  /** The country that the machine is in. Needed when `sovereignty.countries` is set. */
  country?: CountryCode;
}

/**
 * The name of a plan.
 *
 * @title name of a plan
 * @pattern ^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$
 * @examples ["cx33"]
 */
export type PlanName = string;

/**
 * The name of a network interface.
 *
 * @title interface name
 * @pattern ^[a-z][a-z0-9._-]{0,14}$
 * @examples ["eth1"]
 */
export type InterfaceName = string;

/**
 * The key of a label: a name, and before it a domain and `/` if wanted.
 *
 * @title label key
 * @maxLength 317
 * @pattern ^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$
 * @examples ["example.no/disk"]
 */
export type NodeLabelKey = string;

/**
 * The value of a label.
 *
 * @title label value
 * @pattern ^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$
 * @examples ["fast"]
 */
export type NodeLabelValue = string;

/**
 * A taint: `key=value:effect` or `key:effect`.
 *
 * @title taint
 * @maxLength 400
 * @pattern ^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?(=([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?)?:(NoSchedule|PreferNoSchedule|NoExecute)$
 * @examples ["dedicated=batch:NoSchedule"]
 */
export type NodeTaint = string;
