import type { KubernetesMinor } from '../src/kubernetes/minors.ts';
import type { JsonSchema } from './json-schema.ts';

const subdomain: JsonSchema = { type: 'string', format: 'dns-subdomain' };
const label: JsonSchema = { type: 'string', format: 'dns-label' };
const pathSegment: JsonSchema = { type: 'string', format: 'path-segment' };

/** The kinds that manifests may contain, sorted, and the syntax of each one's `metadata.name`. */
export const kubernetesKinds: Readonly<Record<string, JsonSchema>> = {
  'apps/v1/DaemonSet': subdomain,
  'apps/v1/Deployment': subdomain,
  'apps/v1/StatefulSet': subdomain,
  'autoscaling/v2/HorizontalPodAutoscaler': subdomain,
  // 11 characters are left for what the controller appends to the names of its Jobs.
  'batch/v1/CronJob': { ...subdomain, maxLength: 52 },
  'batch/v1/Job': subdomain,
  'networking.k8s.io/v1/NetworkPolicy': subdomain,
  'policy/v1/PodDisruptionBudget': subdomain,
  'rbac.authorization.k8s.io/v1/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': pathSegment,
  'rbac.authorization.k8s.io/v1/Role': pathSegment,
  'rbac.authorization.k8s.io/v1/RoleBinding': pathSegment,
  'scheduling.k8s.io/v1/PriorityClass': subdomain,
  'v1/ConfigMap': subdomain,
  'v1/LimitRange': subdomain,
  'v1/Namespace': label,
  'v1/PersistentVolumeClaim': subdomain,
  'v1/ResourceQuota': subdomain,
  'v1/Secret': subdomain,
  'v1/Service': label,
  'v1/ServiceAccount': subdomain,
};

/** The syntax of a kind's `metadata.name` in one minor. */
export function nameSyntax(kind: string, minor: KubernetesMinor): JsonSchema {
  // A Service's name may begin with a digit since RelaxedServiceNameValidation is on by default (1.36).
  if (kind === 'v1/Service' && minor < '1.36') return { type: 'string', format: 'dns-1035-label' };
  return kubernetesKinds[kind] ?? {};
}

/** Fields that a manifest never sets: the server does, or the field is refused in a Pod template. */
export const omittedFields: Readonly<Record<string, readonly string[]>> = {
  'core.v1.PersistentVolumeClaim': ['status'],
  'core.v1.PodSpec': ['ephemeralContainers'],
  'meta.v1.ObjectMeta': [
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generateName',
    'generation',
    'managedFields',
    'ownerReferences',
    'resourceVersion',
    'selfLink',
    'uid',
  ],
};
