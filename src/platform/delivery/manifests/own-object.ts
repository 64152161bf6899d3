import type { PodSpec } from '../../../kubernetes/object.ts';

/** A Kubernetes object of the user's own. Its schema has been checked. */
export interface OwnObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for a Namespace. */
  readonly namespace: string | undefined;
  readonly body: OwnBody;
}

/** The fields that rules ask for, of all kinds. */
export interface OwnBody {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly namespace?: string;
  };
  readonly spec?: OwnSpec;
  readonly data?: Readonly<Record<string, string>>;
  readonly rules?: readonly {
    readonly verbs: readonly string[];
    readonly resources?: readonly string[];
    readonly apiGroups?: readonly string[];
  }[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
}

export interface OwnSpec {
  readonly replicas?: number;
  readonly minReplicas?: number;
  readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
  readonly strategy?: { readonly type?: string };
  readonly selector?: Readonly<Record<string, unknown>>;
  readonly type?: string;
  readonly clusterIP?: string;
  readonly externalIPs?: readonly string[];
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly { readonly to?: readonly Peer[] }[];
  readonly template?: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: PodSpec;
  };
  readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
  readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[];
}

export interface Peer {
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly podSelector?: unknown;
  readonly ipBlock?: unknown;
}

/** `Deployment shop/redis` */
export function titleOf({ kind, namespace, name }: Pick<OwnObject, 'kind' | 'namespace' | 'name'>): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The fields of an object whose schema has been checked. */
export function ownObject(body: unknown): OwnObject {
  const { apiVersion, kind, metadata } = body as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, namespace, body: body as OwnBody };
}

/** The pods that an object makes, and where in it they are. */
export function podOf({
  body: { spec },
}: OwnObject): { readonly pod: PodSpec; readonly at: readonly string[] } | undefined {
  const own = spec?.template?.spec;
  if (own !== undefined) return { pod: own, at: ['spec', 'template', 'spec'] };
  const job = spec?.jobTemplate?.spec?.template?.spec;
  return job && { pod: job, at: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] };
}
