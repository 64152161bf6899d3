/**
 * The fields that rules read, of objects whose shape the schemas have already found right: one type for all kinds,
 * since a rule asks for the fields that it needs and not for the kind.
 */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Spec;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly subjects?: readonly Subject[];
};

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Of Deployment, StatefulSet, DaemonSet, Job, CronJob, Service, PodDisruptionBudget, HorizontalPodAutoscaler and NetworkPolicy. */
export interface Spec {
  readonly selector?: LabelSelector & Readonly<Record<string, unknown>>;
  readonly template?: PodTemplate;
  readonly strategy?: UpdateStrategy;
  readonly updateStrategy?: UpdateStrategy;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: Metadata }[];
  readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
  readonly type?: string;
  readonly clusterIP?: string;
  readonly ports?: readonly ServicePort[];
  readonly externalTrafficPolicy?: string;
  readonly externalIPs?: readonly string[];
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly ingress?: readonly NetworkPolicyRule[];
  readonly egress?: readonly NetworkPolicyRule[];
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly unknown[];
}

export interface UpdateStrategy {
  readonly type?: string;
  readonly rollingUpdate?: {
    readonly maxSurge?: number | string;
    readonly maxUnavailable?: number | string;
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly nodePort?: number;
}

export interface NetworkPolicyRule {
  readonly ports?: readonly { readonly port?: number | string; readonly endPort?: number }[];
  readonly from?: readonly Readonly<Record<string, unknown>>[];
  readonly to?: readonly Readonly<Record<string, unknown>>[];
}

export interface Subject {
  readonly kind: string;
  readonly apiGroup?: string;
  readonly namespace?: string;
}

export interface PodTemplate {
  readonly metadata?: Metadata;
  readonly spec?: PodSpec;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly restartPolicy?: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly { readonly name?: string }[];
  readonly resources?: {
    readonly limits?: Readonly<Record<string, Quantity>>;
    readonly requests?: Readonly<Record<string, Quantity>>;
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly lifecycle?: {
    readonly preStop?: Readonly<Record<string, unknown>>;
    readonly postStart?: Readonly<Record<string, unknown>>;
  };
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<string, unknown>>;
}

export type Probe = { readonly successThreshold?: number } & Readonly<Record<string, unknown>>;

/** `0.5`, `'500m'`, `'128Mi'` */
export type Quantity = number | string;
