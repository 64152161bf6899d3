/** The kinds that objects of one's own can have, in the order in which they are applied. */
const ownKinds: readonly string[] = [
  'v1/Namespace',
  'v1/ResourceQuota',
  'v1/LimitRange',
  'v1/ServiceAccount',
  'rbac.authorization.k8s.io/v1/Role',
  'rbac.authorization.k8s.io/v1/RoleBinding',
  'networking.k8s.io/v1/NetworkPolicy',
  'v1/ConfigMap',
  'v1/PersistentVolumeClaim',
  'v1/Service',
  'policy/v1/PodDisruptionBudget',
  'apps/v1/Deployment',
  'apps/v1/StatefulSet',
  'apps/v1/DaemonSet',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'autoscaling/v2/HorizontalPodAutoscaler',
];

/** Why a kind is refused, and what to do instead. */
export interface Refusal {
  readonly why: string;
  readonly instead: string;
}

const rights: Refusal = {
  why: 'it gives rights in every namespace, also in those of the platform',
  instead: 'use a Role and a RoleBinding in a namespace of your own',
};

const webhook: Refusal = {
  why: 'it can stop or change every object of the cluster',
  instead: 'remove it',
};

const entrance: Refusal = {
  why: 'no controller acts on it, because Traefik is off and nginx takes ports 80 and 443',
  instead: 'remove it; let a function call the Service inside the cluster',
};

const bare: Refusal = {
  why: 'nothing starts it again when its node restarts',
  instead: 'use a Deployment, a StatefulSet or a Job',
};

const installer: Refusal = {
  why: 'it installs objects that nothing has checked',
  instead: 'run `helm template`, and list the objects that you need',
};

const refusals: Readonly<Record<string, Refusal>> = {
  APIService: webhook,
  ClusterRole: rights,
  ClusterRoleBinding: rights,
  CustomResourceDefinition: {
    why: 'it is for a controller that needs rights in every namespace',
    instead: 'use `k3s kubectl apply` by hand, outside of the platform',
  },
  Gateway: entrance,
  HelmChart: installer,
  HelmChartConfig: installer,
  HTTPRoute: entrance,
  Ingress: entrance,
  IngressClass: entrance,
  List: {
    why: 'it hides the objects that it contains from review',
    instead: 'write its items as documents of their own, with --- between them',
  },
  MutatingWebhookConfiguration: webhook,
  PersistentVolume: {
    why: 'it can name any folder of a node',
    instead: 'use a PersistentVolumeClaim; K3s makes the volume',
  },
  Pod: bare,
  PriorityClass: {
    why: 'it ranks pods of all namespaces, so others could be stopped for yours, those of the platform too',
    instead: 'remove it',
  },
  ReplicaSet: { ...bare, why: 'it does not replace its pods when they change', instead: 'use a Deployment' },
  ReplicationController: { ...bare, why: 'it is an old form of a Deployment', instead: 'use a Deployment' },
  Secret: {
    why: 'its value would be in dist/, which is committed and reviewed',
    instead: 'create it on the first server with `k3s kubectl`',
  },
  ValidatingWebhookConfiguration: webhook,
};

/** Undefined for a kind that is accepted. */
export function refusalOf(apiVersion: string, kind: string): Refusal | undefined {
  if (ownKinds.includes(`${apiVersion}/${kind}`)) return undefined;
  const known = refusals[kind];
  if (Object.hasOwn(refusals, kind) && known !== undefined) return known;
  const usual = ownKinds.find((one) => one.endsWith(`/${kind}`));
  if (usual !== undefined) {
    return {
      why: 'Fjord has no schema of that version, so nothing would check it',
      instead: `write apiVersion: ${usual.slice(0, -kind.length - 1)}`,
    };
  }
  return {
    why: 'Fjord has no schema of it, so nothing would check it',
    instead: 'use `k3s kubectl apply` by hand, outside of the platform',
  };
}

/** For sorting: namespaces first, and what others name before them. */
export function rankOf(apiVersion: string, kind: string): number {
  return ownKinds.indexOf(`${apiVersion}/${kind}`);
}
