import { define } from '../../../diagnostics/definition.ts';

const namespace =
  "{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }";

const confined =
  "{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'default', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }";

const manifests = (...objects: string[]) => ({
  config: {
    delivery: `{\n  mode: 'embedded',\n  manifests: [{ name: 'shop.yaml', objects: [\n    ${objects.join(',\n    ')},\n  ] }],\n}`,
  },
});

/** Beside a namespace that is right. */
const inShop = (...objects: string[]) => manifests(namespace, confined, ...objects);

const container = (settings: string) =>
  `{ name: 'redis', image: 'docker.io/library/redis:7.4', resources: { requests: { memory: '64Mi', cpu: '50m' }, limits: { memory: '128Mi', 'ephemeral-storage': '64Mi' } }, securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } }, ${settings} }`;

const deployment = (settings: string, pod = '') =>
  `{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'redis', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'redis' } }, template: { metadata: { labels: { app: 'redis' } }, spec: { ${pod} containers: [${container(settings)}] } } } }`;

const service = (spec: string) =>
  `{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'redis', namespace: 'shop' }, spec: { ${spec} selector: { app: 'redis' }, ports: [{ port: 6379 }] } }`;

/** What `resolve` reports about Kubernetes objects of the user's own. */
export const resolveManifestsDiagnostics = {
  'resolve/manifest-kind-refused': define<{
    object: string;
    apiVersion: string;
    why: string;
    instead: string;
  }>({
    severity: 'error',
    fact: ({ object, apiVersion, why }) => `'${object}' of ${apiVersion} cannot be in your manifests: ${why}`,
    hint: ({ instead }) => instead,
    meaning:
      'Fjord can only check kinds that have a schema here, and only those that stay in one namespace cannot reach the platform itself.',
    example: manifests(
      "{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'deploy' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' } }",
    ),
  }),
  'resolve/manifest-namespace-lax': define<{ namespace: string; level: string | undefined; asOf: string }>({
    severity: 'error',
    fact: ({ namespace: name, level, asOf }) =>
      level === undefined
        ? `the namespace '${name}' does not set which pods it admits`
        : `the namespace '${name}' admits pods of the level '${level}' as of ${asOf}`,
    hint: () =>
      'set the label pod-security.kubernetes.io/enforce: restricted, without an old enforce-version',
    meaning:
      'Without this label Kubernetes admits a pod that is root on its node. From there it reads every key of the platform.',
    example: manifests("{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }"),
  }),
  'resolve/manifest-namespace-missing': define<{ object: string; namespace: string | undefined }>({
    severity: 'error',
    fact: ({ object, namespace: name }) =>
      name === undefined
        ? `${object} has no namespace, so it would be in 'default'`
        : `${object} is in the namespace '${name}', which no manifest creates`,
    hint: ({ namespace: name }) =>
      name === undefined
        ? 'write metadata.namespace, with the name of a Namespace in your manifests'
        : `add a Namespace '${name}' to your manifests`,
    meaning:
      'Kubernetes refuses an object whose namespace does not exist. In a namespace that something else made, nothing is known of what it admits.',
    example: manifests(
      "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { mode: 'on' } }",
    ),
  }),
  'resolve/manifest-namespace-taken': define<{ object: string; namespace: string }>({
    severity: 'error',
    fact: ({ object, namespace: name }) =>
      `${object} would be in '${name}', which belongs to the platform or to Kubernetes`,
    hint: () => 'put it into a namespace of your own, with a Namespace object in your manifests',
    meaning:
      "An object there could replace one of the platform's, or be taken for one: a pod with the label of the gateway gets its calls and passwords.",
    example: manifests(
      "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'openfaas' }, data: { mode: 'on' } }",
    ),
  }),
  'resolve/manifest-not-read': define<{ file: string }>({
    severity: 'error',
    fact: ({ file }) => `'${file}' has not been read`,
    hint: () => "write { name: '…', objects: […] }, or use a config that is a file",
    meaning:
      'Files are only read when the config itself is read from a file. Its value does not contain their objects.',
    example: { config: { delivery: "{ mode: 'embedded', manifests: ['kubernetes/redis.yaml'] }" } },
  }),
  'resolve/manifest-not-valid': define<{ object: string; field: string; message: string }>({
    severity: 'error',
    fact: ({ object, field, message }) =>
      `'${object}' is not valid: ${field === '' ? '' : `${field}: `}${message}`,
    hint: () => 'correct it as the Kubernetes API of this version defines it',
    meaning:
      'Kubernetes would refuse the object, or ignore the field. K3s reports that only on the node, and tries again every few seconds.',
    example: inShop(
      "{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'redis', namespace: 'shop' }, spec: { selector: { app: 'redis' }, port: [{ port: 6379 }] } }",
    ),
  }),
  'resolve/manifest-of-cluster': define<{ object: string; field: string }>({
    severity: 'error',
    fact: ({ object, field }) => `'${object}' has ${field}, which only the cluster writes`,
    hint: ({ field }) => `remove ${field}`,
    meaning:
      'Such a field is in what kubectl prints of an object. Applied again, it is refused or ignored, or it keeps the object from being deleted: a finalizer waits for a controller that removes it.',
    example: inShop(
      "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'redis', namespace: 'shop', uid: '3f1c' }, data: { mode: 'on' } }",
    ),
  }),
  'resolve/manifest-opens-port': define<{ service: string; type: string }>({
    severity: 'error',
    fact: ({ service: name, type }) => `${name} has the type ${type}, which opens a port on every node`,
    hint: () => 'leave type out; let a function call the Service inside the cluster',
    meaning:
      'Such a port is opened before the firewall of the node sees the packet, for everybody, without TLS and without rate limits. LoadBalancers need servicelb, which is off.',
    example: inShop(deployment(''), service("type: 'NodePort',")),
  }),
  'resolve/manifest-pod-ahead': define<{ object: string; field: string }>({
    severity: 'error',
    fact: ({ object, field }) => `the pods of ${object} would come before the platform's: ${field}`,
    hint: () => 'remove it',
    meaning:
      'A pod of higher priority makes Kubernetes stop others for it. One with a nodeName skips the scheduler and its count of memory.',
    example: inShop(deployment('', "priorityClassName: 'system-node-critical',")),
  }),
  'resolve/manifest-pod-refused': define<{ object: string; field: string; found: string; wanted: string }>({
    severity: 'error',
    fact: ({ object, field, found, wanted }) => `${object}: ${field} is ${found}, but must be ${wanted}`,
    hint: ({ field }) =>
      field === 'the kind of a volume'
        ? 'use a PersistentVolumeClaim or an emptyDir'
        : 'set it so in the pod template; if the image needs more, choose another image',
    meaning:
      "Kubernetes would not admit such a pod at the level 'restricted'. With hostNetwork, a hostPath, privileges or root, a pod that is broken into is the whole node.",
    example: inShop(deployment('', 'hostNetwork: true,')),
  }),
  'resolve/manifest-policy-wide': define<{ policy: string; what: string }>({
    severity: 'error',
    fact: ({ policy, what }) => `${policy} is among the functions, but ${what}`,
    hint: () =>
      'allow one function, with policyTypes: [Egress], to a namespace of your own by kubernetes.io/metadata.name',
    meaning:
      'Policies add up, so one that is wider undoes the confinement of functions: they could call each other, or the parts of OpenFaaS, past the gateway.',
    example: inShop(
      "{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'own-all', namespace: 'openfaas-fn' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] } }",
    ),
  }),
  'resolve/manifest-reference-missing': define<{ object: string; needed: string }>({
    severity: 'error',
    fact: ({ object, needed }) => `${object} needs ${needed}, which no manifest makes`,
    hint: () => 'add it to your manifests, or correct the name',
    meaning: 'Kubernetes accepts the object, and its pods wait without end for what it names.',
    example: inShop(deployment('', "serviceAccountName: 'redis',")),
  }),
  'resolve/manifest-rights-wide': define<{ role: string; what: string }>({
    severity: 'error',
    fact: ({ role, what }) => `${role} gives ${what}`,
    hint: () =>
      'name the verbs and resources that the pods need, in a Role, and bind it to a ServiceAccount of your namespace',
    meaning:
      'Whoever breaks into a pod has the rights of its account. Rights to everything include those that are made later.',
    example: inShop(
      "{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'all', namespace: 'shop' }, rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }",
    ),
  }),
  'resolve/manifest-secret': define<{ name: string | undefined; namespace: string | undefined }>({
    severity: 'error',
    fact: ({ name = 'without a name' }) =>
      `the Secret ${name} would be in dist/, which is committed and reviewed`,
    hint: ({ name = 'NAME', namespace: place = 'NAMESPACE' }) =>
      `remove it and create it on the first server: sudo k3s kubectl -n ${place} create secret generic ${name} --from-file=KEY=/dev/stdin`,
    meaning:
      "base64 is not encryption: everybody who can read the repository or the provider's user-data would know the value. The lock file lists the Secrets that pods name.",
    example: manifests(
      "{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'redis', namespace: 'shop' }, data: { password: 'aHVudGVyMg==' } }",
    ),
  }),
  'resolve/manifest-secret-value': define<{ object: string; what: string }>({
    severity: 'error',
    fact: ({ object, what }) => `${object} contains ${what}`,
    hint: () =>
      'put the value into a Secret that you create on the first server, and name it with valueFrom.secretKeyRef or a volume',
    meaning:
      'Everybody who can read the repository would know it. A value that has been committed must be replaced.',
    example: inShop(deployment("env: [{ name: 'REDIS_PASSWORD', value: 'hunter2-hunter2' }],")),
  }),
  'resolve/manifest-takes-address': define<{ service: string; key: string }>({
    severity: 'error',
    fact: ({ service: name, key }) => `${name} asks for an address of its own with ${key}`,
    hint: ({ key }) => `remove ${key}; pods find the Service by its name`,
    meaning:
      "With externalIPs a Service receives what the cluster sends to that address, even if it is somebody else's. A fixed clusterIP can be the gateway's or a function's.",
    example: inShop(deployment(''), service("externalIPs: ['192.0.2.7'],")),
  }),
  'resolve/manifest-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `'${object}' is defined twice in your manifests`,
    hint: () => 'remove or rename one of them',
    meaning: 'Each would overwrite the other, and kustomize refuses both.',
    example: manifests(namespace, namespace, confined),
  }),
  'resolve/manifest-unbounded': define<{ object: string; container: string; amount: string }>({
    severity: 'error',
    fact: ({ object, container: name, amount }) =>
      `${object}: the container '${name}' does not set resources.${amount}`,
    hint: ({ amount }) => `set resources.${amount}, such as '${amount.endsWith('cpu') ? '50m' : '128Mi'}'`,
    meaning:
      'Requests are counted with those of the functions, so that all of them fit on the nodes. Without limits, one container can take the memory of all others, or fill the disk of the node.',
    example: inShop(deployment('').replace("limits: { memory: '128Mi', ", 'limits: { ')),
  }),
  'resolve/manifest-unconfined': define<{ namespace: string; what: string }>({
    severity: 'warning',
    fact: ({ namespace: name, what }) => `pods of '${name}' are not confined: ${what}`,
    hint: () =>
      'add a NetworkPolicy with podSelector: {} and policyTypes: [Ingress, Egress], and policies for what is needed',
    meaning:
      "Without policies every pod of the cluster reaches these pods, and they reach the cloud's metadata with its credentials. The platform's own namespaces refuse what is not allowed.",
    example: manifests(namespace),
  }),
};
