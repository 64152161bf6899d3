import type { CountryCode, Ipv4Address } from './units.ts';

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
   * What the node does in the cluster. Must be written when there are several nodes; a single node is a server.
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
   * The address at which the other nodes reach this one. Needed on the first server when there are several
   * nodes, since it is what they join at.
   */
  address?: Ipv4Address;

  /**
   * The TCP port of the machine's SSH server, which the firewall leaves open.
   *
   * @default 22
   * @asType integer
   * @minimum 1
   * @maximum 65535
   */
  sshPort?: number;

  /** The country that the machine stands in. Needed when `sovereignty.countries` is set. */
  country?: CountryCode;
}
