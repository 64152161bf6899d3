import { describe, expect, it } from 'vitest';
import type { DeliveryConfig } from '../../../src/config/delivery/delivery.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { ownRedis } from '../../cases/own-redis.ts';
import { large, platformWith } from '../edit.ts';

type Objects = Record<string, unknown>[];

/** Code, path inside of the object, and what is said, of everything that resolving objects of one's own reports. */
function reported(objects: Objects): string[] {
  const delivery: DeliveryConfig = { mode: 'embedded', manifests: [{ name: 'shop.yaml', objects }] };
  const [, diagnostics] = resolve(platformWith({ delivery, nodes: { 'oslo-1': large } }));
  return diagnostics.map(({ code, path }) => `${code} ${path.slice(3).join('.')}`);
}

const ours = ownRedis('figlet');

/** The objects with a change in the one of a kind and name. */
function changed(kind: string, name: string, edit: (object: never) => unknown): Objects {
  return ours.map((object) => {
    const isMeant = object.kind === kind && (object.metadata as { name: string }).name === name;
    const copy = structuredClone(object);
    if (isMeant) edit(copy as never);
    return copy;
  });
}

interface Pod {
  spec: { template: { spec: Record<string, unknown> & { containers: Record<string, unknown>[] } } };
}

const pod = (fields: object) =>
  changed('Deployment', 'redis', (object: Pod) => Object.assign(object.spec.template.spec, fields));
const container = (fields: object) =>
  changed('Deployment', 'redis', (object: Pod) =>
    Object.assign(object.spec.template.spec.containers[0] ?? {}, fields),
  );
const service = (fields: object) =>
  changed('Service', 'redis', (object: { spec: object }) => Object.assign(object.spec, fields));
const policy = (spec: object) =>
  changed('NetworkPolicy', 'own-figlet-to-redis', (object: { spec: object }) =>
    Object.assign(object.spec, spec),
  );
const role = (verbs: string[], resources = ['pods']) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'watch', namespace: 'cache' },
  rules: [{ apiGroups: [''], resources, verbs }],
});
const binding = (roleRef: object, ...subjects: object[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'watch', namespace: 'cache' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'watch', ...roleRef },
  subjects,
});
const settings = (data: Record<string, string>, namespace = 'cache') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace },
  data,
});
const at = 'objects.0.spec.template.spec';

describe('objects of the user’s own', () => {
  it('are accepted, whatever their order', () => {
    expect(reported(ours)).toEqual([]);
    expect(reported(ours.toReversed())).toEqual([]);
  });

  it('are sorted by kind, so that what others name comes first', () => {
    const delivery: DeliveryConfig = { mode: 'embedded', manifests: [{ name: 'a.yaml', objects: ours }] };
    const [platform] = resolve(platformWith({ delivery, nodes: { 'oslo-1': large } }));
    expect(platform?.manifests.map(({ object }) => `${object.kind} ${object.name}`)).toEqual([
      'Namespace cache',
      'NetworkPolicy default',
      'NetworkPolicy redis',
      'NetworkPolicy own-figlet-to-redis',
      'Service redis',
      'Deployment redis',
    ]);
  });

  const faults: [string, Objects, string[]][] = [
    ['a host network', pod({ hostNetwork: true }), [`pod-refused ${at}.hostNetwork`]],
    [
      'a folder of the node',
      pod({ volumes: [{ name: 'data', hostPath: { path: '/' } }] }),
      [`pod-refused ${at}.volumes.0.hostPath`],
    ],
    [
      'a privileged container',
      container({ securityContext: { privileged: true, capabilities: { drop: ['ALL'] } } }),
      [`pod-refused ${at}.containers.0.securityContext.privileged`, `pod-refused ${at}.containers.0`],
    ],
    [
      'a port of the node',
      container({ ports: [{ name: 'redis', containerPort: 6379, hostPort: 6379 }] }),
      [`pod-refused ${at}.containers.0`],
    ],
    [
      'a rank before others',
      pod({ priorityClassName: 'system-node-critical' }),
      [`pod-ahead ${at}.priorityClassName`],
    ],
    [
      'what kubectl prints of an object',
      changed('Service', 'redis', (object: { metadata: object; status: object }) => {
        Object.assign(object.metadata, { uid: '3f1c', finalizers: ['example.no/wait'] });
        object.status = { loadBalancer: {} };
      }),
      [
        'of-cluster objects.1.metadata.uid',
        'of-cluster objects.1.metadata.finalizers',
        'of-cluster objects.1.status',
      ],
    ],
    ['a node of its own', pod({ nodeName: 'oslo-1' }), [`pod-ahead ${at}.nodeName`]],
    [
      'a container without amounts',
      container({ resources: { requests: { memory: '128Mi' } } }),
      ['requests.cpu', 'limits.memory', 'limits.ephemeral-storage'].map(() => `unbounded ${at}.containers.0`),
    ],
    [
      'a password in a variable',
      container({ env: [{ name: 'REDIS_PASSWORD', value: 'hunter2-hunter2' }] }),
      [`secret-value ${at}.containers.0.env.0`],
    ],
    [
      'a password among the arguments',
      container({ args: ['--requirepass', 'hunter2-hunter2'] }),
      [`secret-value ${at}.containers.0.args.0`],
    ],
    [
      'a password of a variable among the arguments',
      container({ args: ['--requirepass', '$(REDIS_PASSWORD)'] }),
      [],
    ],
    [
      'a password in a configuration',
      [...ours, settings({ 'redis.conf': 'port 6379\nrequirepass hunter2-hunter2\n' })],
      ['secret-value objects.6.data.redis.conf'],
    ],
    [
      'a password in an address',
      [...ours, settings({ url: 'redis://app:hunter2-hunter2@redis:6379' })],
      ['secret-value objects.6.data.url'],
    ],
    ['a port of all nodes', service({ type: 'NodePort' }), ['opens-port objects.1.spec.type']],
    ['a load balancer', service({ type: 'LoadBalancer' }), ['opens-port objects.1.spec.type']],
    [
      'addresses of others',
      service({ externalIPs: ['192.0.2.7'] }),
      ['takes-address objects.1.spec.externalIPs'],
    ],
    [
      'the address of the gateway',
      service({ clusterIP: '10.43.0.80' }),
      ['takes-address objects.1.spec.clusterIP'],
    ],
    [
      'a Service for nobody',
      service({ selector: { app: 'redas' } }),
      ['reference-missing objects.1.spec.selector'],
    ],
    [
      'an account that is nowhere',
      pod({ serviceAccountName: 'redis' }),
      [`reference-missing ${at}.serviceAccountName`],
    ],
    [
      'a volume that is nowhere',
      pod({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'redis' } }] }),
      [`reference-missing ${at}.volumes.0`],
    ],
    ['an object twice', [...ours, ...ours.slice(0, 1)], ['twice objects.6.metadata.name']],
    [
      'an object among the parts',
      [...ours, settings({}, 'openfaas')],
      ['namespace-taken objects.6.metadata.namespace'],
    ],
    [
      'an object of Kubernetes',
      [...ours, settings({}, 'kube-system')],
      ['namespace-taken objects.6.metadata.namespace'],
    ],
    [
      'an object among the functions',
      [...ours, settings({}, 'openfaas-fn')],
      ['namespace-taken objects.6.metadata.namespace'],
    ],
    [
      'a namespace that nothing creates',
      [...ours, settings({}, 'web')],
      ['namespace-missing objects.6.metadata.namespace'],
    ],
    [
      'no namespace',
      [...ours, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }],
      ['namespace-missing objects.6.metadata'],
    ],
    [
      'a namespace of the platform',
      [...ours, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openfaas' } }],
      ['namespace-taken objects.6.metadata.name', 'unconfined objects.6.metadata.name'],
    ],
    [
      'a namespace that admits everything',
      changed('Namespace', 'cache', (object: { metadata: { labels: object } }) => {
        object.metadata.labels = { 'pod-security.kubernetes.io/enforce': 'privileged' };
      }),
      ['namespace-lax objects.2.metadata.labels'],
    ],
    [
      'a namespace that admits what an old version did',
      changed('Namespace', 'cache', (object: { metadata: { labels: object } }) => {
        Object.assign(object.metadata.labels, { 'pod-security.kubernetes.io/enforce-version': 'v1.22' });
      }),
      ['namespace-lax objects.2.metadata.labels'],
    ],
    [
      'a namespace that admits what its version does',
      changed('Namespace', 'cache', (object: { metadata: { labels: object } }) => {
        Object.assign(object.metadata.labels, { 'pod-security.kubernetes.io/enforce-version': 'v1.36' });
      }),
      [],
    ],
    [
      'no policy that refuses',
      ours.filter((object) => (object.metadata as { name: string }).name !== 'default'),
      ['unconfined objects.2.metadata.name'],
    ],
    ['a policy for all functions', policy({ podSelector: {} }), ['policy-wide objects.5.spec.podSelector']],
    [
      'a policy for a function that is none',
      policy({ podSelector: { matchLabels: { faas_function: 'mail' } } }),
      ['policy-wide objects.5.spec.podSelector'],
    ],
    ['a policy to everywhere', policy({ egress: [{}] }), ['policy-wide objects.5.spec.egress']],
    [
      'a policy to the parts',
      policy({
        egress: [
          { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openfaas' } } }] },
        ],
      }),
      ['policy-wide objects.5.spec.egress'],
    ],
    [
      'a policy to an address',
      policy({ egress: [{ to: [{ ipBlock: { cidr: '169.254.169.254/32' } }] }] }),
      ['policy-wide objects.5.spec.egress'],
    ],
    [
      'a policy that lets in',
      policy({ policyTypes: ['Egress', 'Ingress'] }),
      ['policy-wide objects.5.spec.policyTypes'],
    ],
    ['a role of all verbs', [...ours, role(['*'])], ['rights-wide objects.6.rules.0.verbs']],
    ['a role that raises', [...ours, role(['escalate'], ['roles'])], ['rights-wide objects.6.rules.0.verbs']],
    [
      'the role of an administrator',
      [...ours, role(['get']), binding({ kind: 'ClusterRole', name: 'cluster-admin' })],
      ['rights-wide objects.7.roleRef.kind'],
    ],
    [
      'rights for everybody',
      [
        ...ours,
        role(['get']),
        binding({}, { kind: 'Group', name: 'system:unauthenticated', apiGroup: 'rbac.authorization.k8s.io' }),
      ],
      ['rights-wide objects.7.subjects.0'],
    ],
    ['an unknown field', service({ port: 6379 }), ['not-valid objects.1.spec.port']],
    [
      'a field of another type',
      service({ ports: [{ port: '6379' }] }),
      ['not-valid objects.1.spec.ports.0.port'],
    ],
    ['no kind', [...ours, { metadata: { name: 'x' } }], ['not-valid objects.6']],
    ...(
      [
        ['v1', 'Secret', 'secret'],
        ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'kind-refused'],
        ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'kind-refused'],
        ['networking.k8s.io/v1', 'Ingress', 'kind-refused'],
        ['helm.cattle.io/v1', 'HelmChart', 'kind-refused'],
        ['v1', 'Pod', 'kind-refused'],
        ['v1', 'PersistentVolume', 'kind-refused'],
        ['example.com/v1', 'Database', 'kind-refused'],
        ['apps/v1beta1', 'Deployment', 'kind-refused'],
        ['v1', 'constructor', 'kind-refused'],
      ] as const
    ).map(([apiVersion, kind, code]): [string, Objects, string[]] => [
      `a ${kind} of ${apiVersion}`,
      [...ours, { apiVersion, kind, metadata: { name: 'one', namespace: 'cache' } }],
      [`${code} objects.6.kind`],
    ]),
  ];

  it.each(faults)('are reported with %s', (_, objects, expected) =>
    expect(reported(objects)).toEqual(expected.map((one) => `resolve/manifest-${one}`)),
  );

  it('are counted with the functions', () => {
    const delivery: DeliveryConfig = {
      mode: 'embedded',
      manifests: [
        {
          name: 'shop.yaml',
          objects: changed('Deployment', 'redis', (object: { spec: { replicas: number } }) => {
            object.spec.replicas = 60;
          }),
        },
      ],
    };
    const [, diagnostics] = resolve(
      platformWith({ delivery, nodes: { 'oslo-1': { memory: '8Gi', cpus: 8 } } }),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['resolve/pods-over-nodes']);
  });

  it('have images that the rules of images are for', () => {
    const images = (image: string) => {
      const manifests = [{ name: 'shop.yaml', objects: ownRedis('figlet', image) }];
      const [, diagnostics] = resolve(
        platformWith({
          delivery: { mode: 'embedded', manifests },
          nodes: { 'oslo-1': large },
          k3s: { allowedRegistries: ['ghcr.io', 'docker.io'] },
        }),
      );
      return diagnostics.map(({ code, path }) => `${code} ${path.slice(3).join('.')}`);
    };
    const image = `${at}.containers.0.image`;
    expect(images('docker.io/library/redis:7.4.5')).toEqual([]);
    expect(images('quay.io/acme/redis:7')).toEqual([`resolve/registry-not-allowed ${image}`]);
    expect(images('docker.io/library/redis')).toEqual([`resolve/image-latest ${image}`]);
    expect(images('gchr.io/acme/redis:7')).toContain(`resolve/registry-misspelt ${image}`);
  });
});
