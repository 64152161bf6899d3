import { describe, expect, it } from 'vitest';
import { checkKubernetesObject } from '../../src/kubernetes/schema.ts';
import { kubernetesSamples, type Sample } from './samples.ts';

const template = '/spec/template/spec';
const container = `${template}/containers/0`;

type Change = Readonly<Record<string, unknown>>;
type Case = [fault: string, kind: string, changes: Change, pointer: string, message: string];

/** Sets the values at JSON pointers; undefined removes. */
function changed(kind: string, changes: Change): Sample {
  const object = kubernetesSamples().find((one) => one.kind === kind);
  if (!object) throw new Error(`no sample of ${kind}`);
  for (const [pointer, value] of Object.entries(changes)) {
    const keys = pointer.slice(1).split('/');
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Sample>((at, key) => at[key] as Sample, object);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return object;
}

const cases: Case[] = [
  [
    'a namespace for what has none',
    'ClusterRole',
    { '/metadata/namespace': 'openfaas' },
    '/metadata/namespace',
    'a ClusterRole has no namespace',
  ],
  [
    'too much in annotations',
    'Service',
    { '/metadata/annotations': { a: 'x'.repeat(262_144) } },
    '/metadata/annotations',
    'annotations of 262145 bytes, 262144 at most',
  ],
  [
    'too much data',
    'ConfigMap',
    { '/data': { a: 'ø'.repeat(2 ** 19) }, '/binaryData': undefined },
    '',
    'a ConfigMap of 1048577 bytes, 1048576 at most',
  ],
  [
    'a key twice',
    'ConfigMap',
    { '/data': { logo: 'x' } },
    '/binaryData/logo',
    '"data" has the key "logo" too',
  ],
  [
    'a selector that selects other Pods',
    'Deployment',
    { '/spec/selector/matchLabels': { app: 'verify' } },
    '/spec/selector/matchLabels',
    'the Pod template does not have the label app: "verify"',
  ],
  ['an empty selector', 'DaemonSet', { '/spec/selector': {} }, '/spec/selector', 'must not be empty'],
  [
    'rollingUpdate with Recreate',
    'Deployment',
    { '/spec/strategy/type': 'Recreate' },
    '/spec/strategy/rollingUpdate',
    'has no meaning with the type Recreate',
  ],
  [
    'no way to roll',
    'Deployment',
    { '/spec/strategy/rollingUpdate/maxSurge': '0%' },
    '/spec/strategy/rollingUpdate',
    '"maxSurge" and "maxUnavailable" must not both be 0',
  ],
  [
    'no way to roll, by default',
    'DaemonSet',
    { '/spec/updateStrategy': { rollingUpdate: { maxUnavailable: 0 } } },
    '/spec/updateStrategy/rollingUpdate',
    '"maxSurge" and "maxUnavailable" must not both be 0',
  ],
  [
    'a Pod template without a spec',
    'Deployment',
    { '/spec/template/spec': undefined },
    '/spec/template',
    'the key "spec" is missing',
  ],
  [
    'a Job that always restarts',
    'Job',
    { [`${template}/restartPolicy`]: undefined },
    template,
    '"restartPolicy" must be Never or OnFailure in a Job',
  ],
  [
    'a CronJob that always restarts',
    'CronJob',
    { '/spec/jobTemplate/spec/template/spec/restartPolicy': 'Always' },
    '/spec/jobTemplate/spec/template/spec/restartPolicy',
    'Always must be Never or OnFailure in a CronJob',
  ],
  [
    'a Deployment that never restarts',
    'Deployment',
    { [`${template}/restartPolicy`]: 'Never' },
    `${template}/restartPolicy`,
    'Never must be Always in a Deployment',
  ],
  [
    'two containers of one name',
    'Deployment',
    { [`${template}/initContainers`]: [{ name: 'verify', image: 'x' }] },
    `${container}/name`,
    'another container is called "verify" too',
  ],
  [
    'a container without an image',
    'Deployment',
    { [`${container}/image`]: undefined },
    container,
    'the key "image" is missing',
  ],
  [
    'two volumes of one name',
    'Deployment',
    { [`${template}/volumes/2`]: { name: 'temp', emptyDir: {} } },
    `${template}/volumes/2/name`,
    'another volume is called "temp" too',
  ],
  [
    'a volume with two sources',
    'Deployment',
    { [`${template}/volumes/0/configMap`]: { name: 'x' } },
    `${template}/volumes/0`,
    'more than one source of the volume: configMap, emptyDir',
  ],
  [
    'a mount without its volume',
    'Deployment',
    { [`${container}/volumeMounts/0/name`]: 'tmp' },
    `${container}/volumeMounts/0/name`,
    'the Pod has no volume "tmp"',
  ],
  [
    'two mounts at one path',
    'Deployment',
    { [`${container}/volumeMounts/1/mountPath`]: '/tmp' },
    `${container}/volumeMounts/1/mountPath`,
    'another mount is at "/tmp" too',
  ],
  [
    'two ports of one name',
    'Deployment',
    { [`${container}/ports/1`]: { name: 'http', containerPort: 8081 } },
    `${container}/ports/1/name`,
    'another port is called "http" too',
  ],
  [
    'a value from two places',
    'Deployment',
    { [`${container}/env/1/value`]: 'x' },
    `${container}/env/1`,
    '"value" and "valueFrom" exclude each other',
  ],
  [
    'a value from nowhere',
    'Deployment',
    { [`${container}/env/1/valueFrom`]: {} },
    `${container}/env/1/valueFrom`,
    'the source of the value is missing',
  ],
  [
    'a request above its limit',
    'Deployment',
    { [`${container}/resources/requests/cpu`]: '1001m' },
    `${container}/resources/requests/cpu`,
    'the request 1001m is above the limit 1',
  ],
  [
    'a negative limit',
    'Deployment',
    { [`${container}/resources`]: { limits: { 'nvidia.com/gpu': -1 } } },
    `${container}/resources/limits/nvidia.com~1gpu`,
    '-1 is negative',
  ],
  [
    'a probe without a handler',
    'Deployment',
    { [`${container}/readinessProbe`]: { periodSeconds: 1 } },
    `${container}/readinessProbe`,
    'the handler is missing',
  ],
  [
    'a probe with two handlers',
    'Deployment',
    { [`${container}/livenessProbe/exec`]: { command: ['true'] } },
    `${container}/livenessProbe`,
    'more than one handler: exec, httpGet',
  ],
  [
    'a liveness probe that must succeed twice',
    'Deployment',
    { [`${container}/livenessProbe/successThreshold`]: 2 },
    `${container}/livenessProbe/successThreshold`,
    'must be 1 for a livenessProbe',
  ],
  [
    'a hook with two handlers',
    'Deployment',
    { [`${container}/lifecycle/preStop/exec`]: { command: ['true'] } },
    `${container}/lifecycle/preStop`,
    'more than one handler: exec, sleep',
  ],
  ['a Service without ports', 'Service', { '/spec/ports': undefined }, '/spec', 'the key "ports" is missing'],
  [
    'a node port without a type for it',
    'Service',
    { '/spec/ports/0/nodePort': 31112 },
    '/spec/ports/0/nodePort',
    'has no meaning with the type ClusterIP',
  ],
  [
    'a port twice',
    'Service',
    { '/spec/ports/1': { name: 'again', port: 8080 } },
    '/spec/ports/1',
    'another port is "8080/TCP" too',
  ],
  [
    'a nameless port of two',
    'Service',
    { '/spec/ports/1': { port: 8081 } },
    '/spec/ports/1',
    'each of several ports needs a name',
  ],
  [
    'no address of its own, yet exposed',
    'Service',
    { '/spec/clusterIP': 'None', '/spec/type': 'NodePort' },
    '/spec/clusterIP',
    'must not be "None" with the type NodePort',
  ],
  [
    'a policy for traffic that cannot come',
    'Service',
    { '/spec/externalTrafficPolicy': 'Local' },
    '/spec/externalTrafficPolicy',
    'has no meaning with the type ClusterIP',
  ],
  [
    'two bounds for a disruption',
    'PodDisruptionBudget',
    { '/spec/maxUnavailable': 1 },
    '/spec',
    '"minAvailable" and "maxUnavailable" exclude each other',
  ],
  [
    'more at least than at most',
    'HorizontalPodAutoscaler',
    { '/spec/minReplicas': 6 },
    '/spec/minReplicas',
    '6 is above maxReplicas, 5',
  ],
  [
    'a range of ports that ends before it begins',
    'NetworkPolicy',
    { '/spec/egress/1/ports/0/endPort': 52 },
    '/spec/egress/1/ports/0/endPort',
    '52 needs a "port" by number, not above it',
  ],
  [
    'an empty peer',
    'NetworkPolicy',
    { '/spec/ingress/0/from/0': {} },
    '/spec/ingress/0/from/0',
    'an empty peer; leave the list out to allow all',
  ],
  [
    'a peer by address and by label',
    'NetworkPolicy',
    { '/spec/egress/0/to/0/podSelector': {} },
    '/spec/egress/0/to/0',
    '"ipBlock" excludes selectors',
  ],
  [
    'a ServiceAccount of no namespace',
    'RoleBinding',
    { '/subjects/0/namespace': undefined },
    '/subjects/0',
    'the key "namespace" is missing',
  ],
  [
    'a ServiceAccount of a group',
    'RoleBinding',
    { '/subjects/0/apiGroup': 'rbac.authorization.k8s.io' },
    '/subjects/0/apiGroup',
    'must be empty for a ServiceAccount',
  ],
];

describe('exactly one problem', () => {
  it.each(cases)('for %s', (_, kind, changes, pointer, message) => {
    expect(checkKubernetesObject(changed(kind, changes), '1.36')).toEqual([{ pointer, message }]);
  });
});

describe('no problem', () => {
  it.each<[string, string, Change]>([
    ['a headless Service without ports', 'Service', { '/spec/clusterIP': 'None', '/spec/ports': undefined }],
    [
      'one port for two protocols',
      'Service',
      { '/spec/ports/1': { name: 'udp', port: 8080, protocol: 'UDP' } },
    ],
    [
      "a mount of a StatefulSet's claim",
      'StatefulSet',
      { [`${container}/volumeMounts/2`]: { name: 'data', mountPath: '/data' } },
    ],
    [
      'a selector by expressions',
      'Deployment',
      {
        '/spec/selector': { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      },
    ],
    ['a request equal to its limit', 'Deployment', { [`${container}/resources/requests/cpu`]: '1000m' }],
    [
      'a readiness probe that must succeed twice',
      'Deployment',
      {
        [`${container}/readinessProbe/successThreshold`]: 2,
      },
    ],
  ])('for %s', (_, kind, changes) => {
    expect(checkKubernetesObject(changed(kind, changes), '1.36')).toEqual([]);
  });
});
