import type { Network } from '../gateway/units.ts';
import type {
  DomainName,
  DownloadUrl,
  HostOrWildcard,
  Ipv4Address,
  Ipv4Cidr,
  Ipv6Cidr,
  Sha256,
  UnixName,
} from '../units.ts';
import type { KubeletConfig } from './kubelet.ts';
import type { RegistriesConfig, RegistryHost } from './registries.ts';
import type { SnapshotsConfig } from './snapshots.ts';

/**
 * An exact K3s release.
 *
 * @title K3s version
 * @pattern ^v1\.\d{1,2}\.\d{1,2}\+k3s\d{1,2}$
 * @examples ["v1.36.5+k3s1"]
 */
export type K3sVersion = string;

/** The Kubernetes distribution. Traefik and ServiceLB are always off: nginx on the host has ports 80 and 443. */
export interface K3sConfig {
  /**
   * The release to install. Pinned, so that a node made next month is the same as one made today.
   *
   * @default "v1.36.5+k3s1"
   */
  version?: K3sVersion;

  /**
   * Addresses of pods.
   *
   * @default "10.42.0.0/16"
   */
  clusterCidr?: Ipv4Cidr;

  /**
   * Addresses of Services. The gateway's fixed address lies in its lower part.
   *
   * @default "10.43.0.0/16"
   */
  serviceCidr?: Ipv4Cidr;

  /**
   * The address of the cluster's own DNS, in `serviceCidr`.
   *
   * @default the tenth address of `serviceCidr`
   */
  clusterDns?: Ipv4Address;

  /**
   * The DNS servers that pods ask for names outside the cluster. Unset, those of the machine: of `/etc/resolv.conf`, or
   * of systemd-resolved if that file names only the machine itself. `apply.sh` refuses a machine that has neither.
   *
   * @minItems 1
   * @maxItems 3
   * @uniqueItems true
   * @examples [["185.12.64.1", "185.12.64.2"]]
   */
  resolvers?: Ipv4Address[];

  /**
   * Domains that pods try for short names, after those of the cluster: with `internal.example.no`, `db` is
   * `db.internal.example.no`. Needs `resolvers`; unset, the machine's own search domains are used with its own servers.
   *
   * @minItems 1
   * @maxItems 3
   * @uniqueItems true
   * @examples [["internal.example.no"]]
   */
  searchDomains?: DomainName[];

  /**
   * Gives pods and Services IPv6 addresses beside IPv4. It cannot be added to a cluster later. The gateway keeps its
   * IPv4 address.
   */
  ipv6?: K3sIpv6Config;

  /**
   * How pods of one node reach those of another. `wireguard-native` encrypts what goes between nodes; `vxlan` and
   * `host-gw` do not, and `host-gw` needs all nodes in one network segment.
   *
   * @default "wireguard-native" between nodes of which one has a public or no known address, else "vxlan"
   */
  flannelBackend?: 'vxlan' | 'wireguard-native' | 'host-gw';

  /**
   * More names and addresses of the Kubernetes API for its certificate, which already has those of the servers.
   *
   * @minItems 1
   * @uniqueItems true
   */
  tlsSan?: HostOrWildcard[];

  /**
   * Networks outside of the cluster from which the Kubernetes API on port 6443 of each server is open, for `kubectl` at
   * the office. Unset, only nodes and their pods reach it. The API asks everyone for a certificate or a
   * token. Write the name or address that `kubectl` uses in `tlsSan`.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["192.0.2.0/24"]]
   */
  apiNetworks?: Network[];

  /**
   * Where a single server keeps the cluster's state. Several servers always have etcd. Choose etcd for
   * a server that may get others beside it, or whose state should be saved to S3; it needs a faster disk and more memory.
   *
   * @default "sqlite" with one server, "etcd" with several
   */
  datastore?: 'sqlite' | 'etcd';

  /** Copies of etcd's state. Unset, K3s keeps five on each server, one every twelve hours. */
  snapshots?: SnapshotsConfig;

  /** What each node's kubelet may hold: pods, and images that none uses. */
  kubelet?: KubeletConfig;

  /**
   * `cis`: what the CIS benchmark asks of K3s: kernel settings that the kubelet insists on, the restricted Pod
   * Security level in every namespace but those that cannot live with it, an audit log, limits on events.
   *
   * @default "none"
   */
  hardening?: 'none' | 'cis';

  /** Where the container runtime finds images. */
  registries?: RegistriesConfig;

  /**
   * The only hosts that images may come from: those of functions, of OpenFaaS and of K3s itself. Unset, from any.
   * A mirror counts as where its bytes come from; with `registries.mirrorsOnly`, the registry behind it does not.
   *
   * @minItems 1
   * @uniqueItems true
   * @examples [["registry.example.no"]]
   */
  allowedRegistries?: RegistryHost[];

  /** A registry that has K3s' own images, under the names that they have in `docker.io`. */
  systemDefaultRegistry?: RegistryHost;

  /**
   * The mode of the kubeconfig `/etc/rancher/k3s/k3s.yaml` on a server. Whoever reads it is cluster-admin, and so root
   * on every node; with `'0600'` only root can.
   *
   * @default "0600"
   */
  kubeconfigMode?: '0600' | '0640' | '0644';

  /**
   * A group of the operating system that may read the kubeconfig, created if it does not exist. Needs
   * `kubeconfigMode: '0640'`.
   */
  kubeconfigGroup?: UnixName;

  /**
   * The name of the cluster, user and context in the kubeconfig. K3s 1.37 and newer.
   *
   * @default "default"
   */
  kubeconfigName?: UnixName;

  /**
   * SHA-256 of the K3s binary, by processor. Unset, it is the one that Fjord knows of the release; where it knows none, the
   * binary is checked against the list that its own release publishes, which protects from a broken download but not from
   * a changed release. `platform.lock.json` then has `null` in its place.
   */
  binarySha256?: { amd64?: Sha256; arm64?: Sha256 };

  /**
   * Where releases are downloaded from: `<this>/<version>/k3s` and `<this>/<version>/sha256sum-<arch>.txt`.
   *
   * @default "https://github.com/k3s-io/k3s/releases/download"
   */
  downloadFrom?: DownloadUrl;

  /**
   * Whether K3s' own images are downloaded too, as the one file `<downloadFrom>/<version>/k3s-airgap-images-<arch>.tar.zst`
   * of some 170 MB, so that no registry is asked for them. Images of OpenFaaS and of functions are still pulled, from
   * where `registries` says.
   *
   * @default false
   */
  airgapImages?: boolean;

  /** The installer script. Set both of its fields to use a different one from the pinned default. */
  installer?: K3sInstallerConfig;
}

/** The IPv6 half of a dual-stack cluster. */
export interface K3sIpv6Config {
  /** IPv6 addresses of pods; each node takes a /64 of it. */
  clusterCidr: Ipv6Cidr;

  /** IPv6 addresses of Services, a /112 or smaller. */
  serviceCidr: Ipv6Cidr;
}

/** An installer script, fetched to a file and run only if its SHA-256 is right. */
export interface K3sInstallerConfig {
  /** Where to fetch it. */
  url: DownloadUrl;

  /** What it must hash to. */
  sha256: Sha256;
}
