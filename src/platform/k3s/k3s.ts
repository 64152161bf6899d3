import type { Architecture } from '../../config/nodes/node.ts';
import type { KubernetesMinor } from '../../kubernetes/minors.ts';
import type { FlannelBackend } from './flannel.ts';
import type { Kubelet } from './kubelet.ts';

/** The Kubernetes distribution on every node. What must be the same on all servers is here, and so is. */
export interface K3s {
  readonly version: string;
  readonly minor: KubernetesMinor;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  /** Undefined where K3s finds it by itself. */
  readonly clusterDns: string | undefined;
  /** The DNS servers that pods ask; undefined: those of each machine, without these. */
  readonly resolvers: readonly string[] | undefined;
  /** What pods try for short names, after the cluster's own; in this order. */
  readonly searchDomains: readonly string[];
  /** Public DNS servers that the config's sovereignty refuses, sorted. */
  readonly refusedResolvers: readonly string[];
  /** The IPv6 half of a dual-stack cluster. */
  readonly ipv6:
    | { readonly clusterCidr: string; readonly serviceCidr: string; readonly masquerade: boolean }
    | undefined;
  readonly flannelBackend: FlannelBackend;
  /** Names and addresses of the API, for its certificate; sorted. */
  readonly tlsSans: readonly string[];
  readonly datastore: 'sqlite' | 'etcd';
  readonly snapshots:
    | {
        readonly schedule: string | undefined;
        readonly retention: number | undefined;
        readonly s3Secret: string | undefined;
      }
    | undefined;
  readonly kubelet: Kubelet;
  /** As the CIS benchmark asks. */
  readonly hardened: boolean;
  readonly kubeconfigMode: '0600' | '0640' | '0644';
  readonly kubeconfigGroup: string | undefined;
  readonly kubeconfigName: string | undefined;
  readonly registries: Registries | undefined;
  readonly systemDefaultRegistry: string | undefined;
  /** Sorted; undefined where images may come from anywhere. */
  readonly allowedRegistries: readonly string[] | undefined;
  /** Undefined where the release's own list is the check. */
  readonly binarySha256: Readonly<Partial<Record<Architecture, string>>>;
  readonly downloadFrom: string;
  /** Whether the images of K3s itself come from there too. */
  readonly airgapImages: boolean;
  readonly installer: { readonly url: string; readonly sha256: string };
}

/** Where images are pulled from. */
export interface Registries {
  /** By registry, sorted. */
  readonly mirrors: readonly {
    readonly registry: string;
    readonly endpoints: readonly string[];
    readonly rewrite: Readonly<Record<string, string>> | undefined;
  }[];
  readonly mirrorsOnly: boolean;
  /** By registry, sorted. */
  readonly access: readonly RegistryAccess[];
}

/** How nodes log in at a registry, and how they know it. */
export interface RegistryAccess {
  readonly registry: string;
  /** The file on each node with user and password; undefined: they do not log in. */
  readonly credentials: string | undefined;
  /** The file on each node with the authority of its certificate. */
  readonly ca: string | undefined;
}
