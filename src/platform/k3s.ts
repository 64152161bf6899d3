import type { Architecture } from '../config/node-config.ts';
import type { KubernetesMinor } from './k3s-versions.ts';

/** The Kubernetes distribution on every node. */
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
