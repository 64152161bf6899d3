import type { Intent } from '../artifacts/intent.ts';
import type { PlaceRecord, SovereigntyRecord } from '../artifacts/sovereignty.ts';
import type { NginxPackages } from '../config/gateway/gateway.ts';
import type { Architecture, OperatingSystem } from '../config/nodes/node.ts';
import type { Statement } from '../nginx/directive.ts';
import type { JoinToken } from '../platform/nodes/join-tokens.ts';

/** A `dist/` as its bytes say it, parsed back and checked against the schemas. Rules read this, never the model. */
export interface Dist {
  readonly lock: Lock;
  /** What the platform itself has in `dist/manifests/` and `dist/gitops/`, in apply order. */
  readonly objects: readonly ManifestObject[];
  /** The user's own objects. They are in a file of `dist/manifests/` that nothing else is in. */
  readonly ownObjects: readonly ManifestObject[];
  /** The resources that kustomization.yaml lists. */
  readonly resources: readonly string[];
  readonly nginx: readonly ConfFile[];
  readonly stack: Stack;
  readonly nodes: readonly DistNode[];
  /** The bytes of every file, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface ConfFile {
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** One Kubernetes object and where it stands. */
export interface ManifestObject {
  /** The artifact's path, and `#/path` of a file that it carries. */
  readonly path: string;
  /** Where it begins in that file, from 1. */
  readonly line?: number | undefined;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly body: KubernetesBody;
}

/** An object's fields. Its schema has been checked, so what is there has the right type. */
export type KubernetesBody = Readonly<Record<string, unknown>>;

/** A file that only the node has. */
export interface LockedFile {
  readonly path: string;
  readonly permissions: string;
  /** `user:group` */
  readonly owner: string;
  /** What the node does with it. */
  readonly use: string;
  /** The form of its one line; null if it has several. */
  readonly line: string | null;
}

export interface Lock {
  readonly generated: string;
  /** Which Fjord made it: its version, and the digest of the templates that its scripts come from. Earlier ones did not say. */
  readonly fjord?: { readonly version: string; readonly templates: string };
  readonly platform: string;
  readonly k3s: {
    readonly version: string;
    /** Of the binary, by processor; null where the list that the release publishes is asked. */
    readonly binarySha256: Readonly<Partial<Record<Architecture, string | null>>>;
    readonly installer: { readonly url: string; readonly sha256: string };
  };
  readonly nodes: readonly {
    readonly name: string;
    readonly provider: string;
    readonly os: OperatingSystem;
    readonly arch: Architecture;
    readonly role: 'server' | 'agent';
    /** The first server's address, for a node that joins. */
    readonly joins: string | null;
    /** All of them. */
    readonly addresses: readonly string[];
    /** Where nodes of other networks reach it. Left out where that is not another one. */
    readonly externalAddress?: string;
    readonly sshPort: number;
    /** The ports that the config opens to everyone (null) or to networks. Left out where that is SSH to everyone. */
    readonly openings?: readonly {
      readonly protocol: 'tcp' | 'udp';
      readonly port: number;
      readonly networks: readonly string[] | null;
      readonly reason: string;
    }[];
    readonly nginx: boolean;
    /** Bytes. */
    readonly memory: number;
    readonly cpus: number;
    readonly disk: number | null;
    /** The disk with K3s' data. Left out where that is the system's. */
    readonly dataDisk?: string;
    /** The HTTP proxy to the internet. Left out where the node needs none. */
    readonly proxy?: { readonly url: string; readonly except: readonly string[] };
    /** Files that the node's owner provides. Left out if there are none; earlier versions never listed any. */
    readonly ownFiles?: readonly LockedFile[];
    readonly userDataLimit: { readonly bytes: number; readonly published: boolean };
  }[];
  readonly gateway: {
    readonly packages: {
      readonly source: NginxPackages;
      readonly url?: string;
      /** Fingerprints. */
      readonly keys?: readonly string[];
    };
    /** Whether nginx listens on IPv6; it does, where it is not said. */
    readonly ipv6?: boolean;
    /** Who has the certificates; nginx, where it is not said. */
    readonly tlsEndedBy?: 'load-balancer';
    /** The networks that reach 80 and 443; everybody, where it is not said. */
    readonly reachableFrom?: readonly string[];
    readonly workers: number;
    readonly connections: number;
    readonly requests: number;
    readonly connectionMemory: number;
    readonly requestMemory: number;
    readonly worstMemory: number;
    readonly memoryLimit: number;
    /** The most that anything which stops waits for calls under way; what an older Fjord made does not say it. */
    readonly stopWithin?: string;
  };
  readonly logs: {
    readonly nginx: number;
    readonly journal: number;
    readonly containers: { readonly size: number; readonly files: number };
    readonly refused: number;
    /** All logs of each node, in bytes. */
    readonly nodes: Readonly<Record<string, number>>;
  };
  readonly openfaas: {
    readonly edition: 'community' | 'pro';
    readonly install: 'native' | 'helm';
    readonly chart?: { readonly repository: string; readonly name: string; readonly version: string };
  };
  readonly delivery: {
    readonly mode: 'embedded' | 'gitops';
    readonly tool?: 'flux' | 'argocd';
    readonly chart?: { readonly repository: string; readonly name: string; readonly version: string };
    /** Where new machines fetch their apply.sh. Left out where user-data brings it. */
    readonly scripts?: string;
  };
  /** Which functions there are, and which of them nginx is to offer to the outside. */
  readonly functions: readonly { readonly name: string; readonly exposed: boolean }[];
  /** Where data may be. Left out where it may be anywhere. */
  readonly sovereignty?: SovereigntyRecord;
  /** What the config says of places, by the name of the flow that leads there. Left out if it says nothing. */
  readonly places?: Readonly<Record<string, PlaceRecord>>;
  readonly intent: Intent;
  /** The user's own objects, `Deployment shop/redis`, by the file that they are from. Left out if there are none. */
  readonly manifests?: Readonly<Record<string, readonly string[]>>;
  /** The only hosts that images may come from; any, where it is not said. */
  readonly allowedRegistries?: readonly string[];
  readonly images: readonly {
    readonly image: string;
    readonly digest: string | null;
    readonly usedBy: readonly string[];
  }[];
  readonly secrets: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly madeBy: 'node' | 'operator';
  }[];
  readonly artifacts: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
}

export interface Stack {
  readonly provider: { readonly gateway: string };
  readonly functions: Readonly<Record<string, StackFunction>>;
}

export interface StackFunction {
  readonly image: string;
  readonly namespace: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
  readonly readonly_root_filesystem?: boolean;
  readonly secrets?: readonly string[];
}

/** One file that a node gets. */
export interface NodeFileBack {
  readonly text: string;
  readonly permissions: string;
  /** The digest of what it means that apply.sh has for it; undefined for what user-data itself brings. */
  readonly meaning?: string;
}

/** One node as its user-data makes it. */
export interface DistNode {
  readonly name: string;
  /** The user-data's path. */
  readonly path: string;
  readonly role: 'server' | 'agent';
  /** Who may log in: the users and keys of its user-data. */
  readonly login: unknown;
  /** The tokens that its user-data has places for. */
  readonly tokens: readonly JoinToken[];
  /** Bytes of user-data, with the longest tokens that it can get. */
  readonly size: number;
  /** What its apply.sh installs. */
  readonly packages: readonly string[];
  /** What its apply.sh writes, by path on the node, and apply.sh itself. */
  readonly files: ReadonlyMap<string, NodeFileBack>;
  readonly sysctls: Readonly<Record<string, string>>;
  readonly k3sConfig: Readonly<Record<string, unknown>>;
  readonly objects: readonly ManifestObject[];
  readonly nginx: readonly ConfFile[];
  readonly runcmd: readonly (readonly string[])[];
}
