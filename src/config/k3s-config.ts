import type { DownloadUrl, Ipv4Cidr, Sha256 } from './units.ts';

/**
 * A K3s release, exactly.
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
   * Who may read the kubeconfig `/etc/rancher/k3s/k3s.yaml` on a server. It makes its reader cluster-admin, which
   * is root on every node; `'0600'` is root alone.
   *
   * @default "0600"
   */
  kubeconfigMode?: '0600' | '0640' | '0644';

  /**
   * SHA-256 of the K3s binary, by processor. Unset, the binary is checked against the list that its own release
   * publishes, which protects from a broken download but not from a changed release.
   */
  binarySha256?: { amd64?: Sha256; arm64?: Sha256 };

  /**
   * Where releases are downloaded from: `<this>/<version>/k3s` and `<this>/<version>/sha256sum-<arch>.txt`.
   *
   * @default "https://github.com/k3s-io/k3s/releases/download"
   */
  downloadFrom?: DownloadUrl;

  /** The installer script. Set both of its fields to use another one than the pinned default. */
  installer?: K3sInstallerConfig;
}

/** An installer script, fetched to a file and run only if its SHA-256 is right. */
export interface K3sInstallerConfig {
  /** Where to fetch it. */
  url: DownloadUrl;

  /** What it must hash to. */
  sha256: Sha256;
}
