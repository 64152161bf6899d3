const labels = { app: 'redis' };

function namespaced(name: string, namespace: string) {
  return { name, namespace };
}

/** All pods of a namespace, by the label that Kubernetes gives it. */
function pods(namespace: string, matchLabels: Record<string, string>) {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels },
  };
}

const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** A pod of the image that nothing is found wrong with. */
function redisPod(image: string) {
  return {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 12_000,
      runAsGroup: 12_000,
      fsGroup: 12_000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'redis',
        image,
        args: ['--maxmemory', '96mb', '--save', ''],
        env: [
          {
            name: 'REDIS_PASSWORD',
            valueFrom: { secretKeyRef: { name: 'redis-password', key: 'password' } },
          },
        ],
        ports: [{ name: 'redis', containerPort: 6379 }],
        readinessProbe: { tcpSocket: { port: 'redis' } },
        resources: {
          requests: { memory: '128Mi', cpu: '50m', 'ephemeral-storage': '16Mi' },
          limits: { memory: '128Mi', 'ephemeral-storage': '64Mi' },
        },
        securityContext,
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', emptyDir: { sizeLimit: '64Mi' } }],
  };
}

/** A cache of the user's own that one function reaches, and nobody else. */
export function ownRedis(fn: string, image = 'docker.io/library/redis:7.4.5'): Record<string, unknown>[] {
  const from = pods('openfaas-fn', { faas_function: fn });
  const ports = [{ port: 6379, protocol: 'TCP' }];
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...namespaced('redis', 'cache'), labels },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: redisPod(image) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: namespaced('redis', 'cache'),
      spec: { selector: labels, ports: [{ name: 'redis', port: 6379, targetPort: 'redis' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'cache', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: namespaced('default', 'cache'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: namespaced('redis', 'cache'),
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ from: [from], ports }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: namespaced(`own-${fn}-to-redis`, 'openfaas-fn'),
      spec: {
        podSelector: { matchLabels: { faas_function: fn } },
        policyTypes: ['Egress'],
        egress: [{ to: [pods('cache', labels)], ports }],
      },
    },
  ];
}
