import type { Architecture, NodeRole, OperatingSystem, ProviderName } from '../config/node-config.ts';
import type { KubernetesMinor } from './k3s-versions.ts';

/** A config with every default filled in, every derived value worked out and every cross-rule checked. Frozen. */
export interface Platform {
  readonly name: string;
  readonly domain: string;
  /** By name. */
  readonly nodes: readonly Node[];
  readonly k3s: K3s;
  readonly openfaas: OpenFaas;
  readonly timeouts: Timeouts;
  /** By name. */
  readonly functions: readonly PlatformFunction[];
  readonly gateway: Gateway;
  readonly delivery: { readonly mode: 'embedded' };
}

export interface Node {
  readonly name: string;
  readonly provider: ProviderName;
  /** Bytes of user-data that the provider takes, and whether it says so itself or that is only assumed. */
  readonly userDataLimit: { readonly bytes: number; readonly published: boolean };
  readonly os: OperatingSystem;
  readonly arch: Architecture;
  readonly role: NodeRole;
  readonly sshPort: number;
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

export interface K3s {
  readonly version: string;
  readonly minor: KubernetesMinor;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  readonly kubeconfigMode: '0600' | '0640' | '0644';
  /** Undefined where the release's own list is the check. */
  readonly binarySha256: Readonly<Record<Architecture, string | undefined>>;
  readonly downloadFrom: string;
  readonly installer: { readonly url: string; readonly sha256: string };
}

export interface OpenFaas {
  readonly edition: 'community';
  /** Where OpenFaaS itself runs. */
  readonly namespace: 'openfaas';
  /** Where functions run. */
  readonly functionNamespace: 'openfaas-fn';
  /** The gateway's fixed address inside the cluster. */
  readonly address: string;
  readonly port: 8080;
  readonly async: boolean;
  readonly autoscaling: boolean;
  readonly images: OpenFaasImages;
}

export interface OpenFaasImages {
  readonly gateway: string;
  readonly provider: string;
  readonly queueWorker: string;
  readonly nats: string;
  readonly prometheus: string;
  readonly alertmanager: string;
}

/** How long a call may take at each hop, in milliseconds; each is larger than the one before. */
export interface Timeouts {
  /** The longest function's `timeout`. */
  readonly exec: number;
  /** How long the gateway waits for the function. At least `exec`. */
  readonly upstream: number;
  /** How long the gateway's and provider's servers give a request. */
  readonly gateway: number;
  /** How long nginx waits for the gateway. */
  readonly nginx: number;
}

export interface PlatformFunction {
  readonly name: string;
  readonly image: string;
  readonly source: { readonly template: string; readonly handler: string } | undefined;
  readonly replicas: { readonly min: number; readonly max: number };
  /** Milliseconds. */
  readonly timeout: number;
  readonly memory: { readonly request: string; readonly limit: string };
  readonly cpu: { readonly request: string; readonly limit: string | undefined };
  /** By name. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly readOnlyRootFilesystem: boolean;
  /** Bytes. */
  readonly maxBody: number;
}

export interface Gateway {
  readonly tls: { readonly staging: boolean; readonly email: string | undefined };
  readonly rateLimit: { readonly rate: string; readonly burst: number };
  readonly connectionLimit: number;
  /** Bytes. */
  readonly maxBody: number;
  /** Sizes in bytes. */
  readonly buffers: { readonly count: number; readonly size: number; readonly header: number };
}
