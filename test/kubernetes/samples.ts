/** One right object of every kind in use, with about as many fields as Fjord sets. */
export type Sample = Record<string, unknown>;

const labels = { 'app.kubernetes.io/name': 'verify' };
const probe = { httpGet: { path: '/_/health', port: 'http' }, periodSeconds: 2, timeoutSeconds: 1 };

function podTemplate(restartPolicy: string): Sample {
  return {
    metadata: { labels, annotations: { 'prometheus.io.scrape': 'false' } },
    spec: {
      restartPolicy,
      automountServiceAccountToken: false,
      serviceAccountName: 'verify',
      terminationGracePeriodSeconds: 35,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'verify',
          image: 'ghcr.io/example/verify:1.0.0',
          imagePullPolicy: 'IfNotPresent',
          env: [
            { name: 'exec_timeout', value: '10s' },
            { name: 'node', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          ],
          ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: 1, memory: '0.25Gi' } },
          startupProbe: { ...probe, failureThreshold: 30 },
          readinessProbe: probe,
          livenessProbe: probe,
          lifecycle: { preStop: { sleep: { seconds: 2 } } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [
            { name: 'temp', mountPath: '/tmp' },
            { name: 'verify-projected-secrets', mountPath: '/var/openfaas/secrets', readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'temp', emptyDir: { sizeLimit: '64Mi' } },
        {
          name: 'verify-projected-secrets',
          projected: { sources: [{ secret: { name: 'token', items: [{ key: 'token', path: 'token' }] } }] },
        },
      ],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: labels },
        },
      ],
    },
  };
}

function object(apiVersion: string, kind: string, rest: Sample = {}): Sample {
  return { apiVersion, kind, metadata: { name: 'verify', namespace: 'openfaas-fn', labels }, ...rest };
}

function unscoped(apiVersion: string, kind: string, rest: Sample = {}): Sample {
  return { apiVersion, kind, metadata: { name: 'verify', labels }, ...rest };
}

/** Objects that share no part, so that changing one place changes one place. */
function unshared(samples: Sample[]): Sample[] {
  return JSON.parse(JSON.stringify(samples));
}

const selector = { matchLabels: labels };
const rbac = 'rbac.authorization.k8s.io';
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];
const subjects = [{ kind: 'ServiceAccount', name: 'verify', namespace: 'openfaas' }];

export function kubernetesSamples(): Sample[] {
  return unshared([
    object('apps/v1', 'DaemonSet', { spec: { selector, template: podTemplate('Always') } }),
    object('apps/v1', 'Deployment', {
      spec: {
        replicas: 1,
        revisionHistoryLimit: 10,
        selector,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: podTemplate('Always'),
      },
    }),
    object('apps/v1', 'StatefulSet', {
      spec: {
        selector,
        serviceName: 'verify',
        template: podTemplate('Always'),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'verify' },
        minReplicas: 1,
        maxReplicas: 5,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
          },
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    }),
    object('batch/v1', 'CronJob', {
      spec: {
        schedule: '*/5 * * * *',
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { backoffLimit: 0, template: podTemplate('Never') } },
      },
    }),
    object('batch/v1', 'Job', { spec: { backoffLimit: 2, template: podTemplate('OnFailure') } }),
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: [{ namespaceSelector: selector, podSelector: selector }], ports: [{ port: 8080 }] },
        ],
        egress: [
          { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] },
          { ports: [{ protocol: 'UDP', port: 53, endPort: 54 }] },
        ],
      },
    }),
    object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '50%', selector } }),
    unscoped(`${rbac}/v1`, 'ClusterRole', { rules }),
    unscoped(`${rbac}/v1`, 'ClusterRoleBinding', {
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'verify' },
      subjects,
    }),
    object(`${rbac}/v1`, 'Role', { rules }),
    object(`${rbac}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'verify' },
      subjects,
    }),
    unscoped('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000, preemptionPolicy: 'Never' }),
    object('v1', 'ConfigMap', { data: { 'prometheus.yml': 'global: {}\n' }, binaryData: { logo: 'AAEC' } }),
    object('v1', 'LimitRange', {
      spec: { limits: [{ type: 'Container', default: { memory: '128Mi' }, defaultRequest: { cpu: '50m' } }] },
    }),
    unscoped('v1', 'Namespace'),
    object('v1', 'PersistentVolumeClaim', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'local-path',
        resources: { requests: { storage: '10Gi' } },
      },
    }),
    object('v1', 'ResourceQuota', { spec: { hard: { pods: '80', 'requests.memory': '8Gi' } } }),
    object('v1', 'Secret', { type: 'Opaque', stringData: { token: 'x' } }),
    object('v1', 'Service', {
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.43.0.80',
        selector: labels,
        ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' }],
      },
    }),
    object('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
  ]);
}

/** One right object of every custom kind. */
export function customSamples(): Sample[] {
  return unshared([
    object('argoproj.io/v1alpha1', 'Application', {
      spec: {
        project: 'default',
        source: {
          repoURL: 'https://git.example.no/platform.git',
          path: 'dist/manifests',
          targetRevision: 'main',
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'openfaas' },
        syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
        ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
      },
    }),
    object('helm.cattle.io/v1', 'HelmChart', {
      spec: {
        repo: 'https://openfaas.github.io/faas-netes/',
        chart: 'openfaas',
        version: '15.0.6',
        targetNamespace: 'openfaas',
        set: { 'gateway.replicas': 3 },
        valuesContent: 'exposeServices: false\n',
        failurePolicy: 'abort',
        timeout: '10m0s',
      },
    }),
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
      spec: {
        interval: '10m',
        path: './dist/manifests',
        prune: true,
        wait: true,
        sourceRef: { kind: 'GitRepository', name: 'platform' },
      },
    }),
    object('openfaas.com/v1', 'Function', {
      spec: {
        name: 'verify',
        image: 'ghcr.io/example/verify:1.0.0',
        environment: { exec_timeout: '10s' },
        constraints: ['kubernetes.io/hostname=oslo-1'],
        limits: { memory: '128Mi', cpu: '200m' },
      },
    }),
    object('source.toolkit.fluxcd.io/v1', 'GitRepository', {
      spec: { interval: '1m', url: 'https://git.example.no/platform.git', ref: { branch: 'main' } },
    }),
  ]);
}
