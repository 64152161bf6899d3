import { mayPass, refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const of = 'every-option';
const file = 'manifests/80-own.yaml';

const edit = (find: string, put: string): Edit => ({ file, find, put });
const inPod = (put: string): Edit => ({
  file,
  find: '      automountServiceAccountToken: false\n',
  put: `      automountServiceAccountToken: false\n${put}`,
});
const object = (put: string): Edit => ({ file, put: `---\n${put}` });

/** What could be put among the user's own objects, where Fjord's own schema of its objects does not look. */
export const ownObjects: SabotagesOfKind = [
  refused(
    'a privileged pod of the user',
    'verify/manifest-refused',
    edit('            allowPrivilegeEscalation: false\n', '            privileged: true\n'),
    of,
  ),
  refused(
    "a pod of the user in the node's network",
    'verify/manifest-refused',
    inPod('      hostNetwork: true\n'),
    of,
  ),
  refused(
    "a pod of the user that sees the node's processes",
    'verify/manifest-refused',
    inPod('      hostPID: true\n'),
    of,
  ),
  refused(
    "a pod of the user with the node's disk",
    'verify/manifest-refused',
    edit(
      '          emptyDir:\n            sizeLimit: "64Mi"\n',
      '          hostPath:\n            path: /\n',
    ),
    of,
  ),
  refused(
    'a pod of the user as root',
    'verify/manifest-refused',
    edit('        runAsNonRoot: true\n        runAsUser: 12000\n', '        runAsUser: 0\n'),
    of,
  ),
  refused(
    "a pod of the user before the platform's",
    'verify/manifest-refused',
    inPod('      priorityClassName: system-node-critical\n'),
    of,
  ),
  refused(
    'a pod of the user on a node that it names',
    'verify/manifest-refused',
    inPod('      nodeName: helsinki-1\n'),
    of,
  ),
  refused(
    'a pod of the user on a port of the node',
    'verify/manifest-refused',
    edit(
      '              containerPort: 6379\n',
      '              containerPort: 6379\n              hostPort: 6379\n',
    ),
    of,
  ),
  refused(
    'a pod of the user without a limit of memory',
    'verify/manifest-refused',
    edit('              memory: "128Mi"\n            requests:\n', '            requests:\n'),
    of,
  ),
  refused(
    'a pod of the user that asks for more than the node has',
    'verify/pods-without-room',
    edit('  replicas: 1\n', '  replicas: 200\n'),
    of,
  ),
  refused(
    'a Service of the user on every node',
    'verify/manifest-refused',
    edit('  selector:\n    app: redis\n---', '  selector:\n    app: redis\n  type: NodePort\n---'),
    of,
  ),
  refused(
    "a Service of the user at another's address",
    'verify/manifest-refused',
    edit('  selector:\n    app: redis\n---', '  selector:\n    app: redis\n  clusterIP: 10.101.0.99\n---'),
    of,
  ),
  refused(
    'a namespace of the user that admits everything',
    'verify/manifest-refused',
    edit('pod-security.kubernetes.io/enforce: restricted', 'pod-security.kubernetes.io/enforce: privileged'),
    of,
  ),
  refused(
    'a policy of the user for every function',
    'verify/manifest-refused',
    edit(
      '    matchLabels:\n      faas_function: resize\n  policyTypes:\n    - Egress\n',
      '    matchLabels: {}\n  policyTypes:\n    - Egress\n',
    ),
    of,
  ),
  refused(
    "a role of an administrator for the user's pods",
    'verify/manifest-refused',
    object(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: all\n  namespace: cache\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n  - kind: ServiceAccount\n    name: default\n    namespace: cache\n',
    ),
    of,
  ),
  refused(
    "an administrator of the cluster among the user's objects",
    'verify/manifest-refused',
    object(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: all\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n  - kind: ServiceAccount\n    name: default\n    namespace: cache\n',
    ),
    of,
  ),
  refused(
    "a chart among the user's objects",
    'verify/manifest-refused',
    object(
      'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata:\n  name: miner\n  namespace: kube-system\nspec:\n  repo: https://charts.example.com\n  chart: miner\n  version: 1.0.0\n  targetNamespace: cache\n',
    ),
    of,
  ),
  refused(
    "a Secret among the user's objects",
    'verify/manifest-refused',
    object(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-password\n  namespace: cache\ndata:\n  password: aHVudGVyMg==\n',
    ),
    of,
  ),
  refused(
    "a part of OpenFaaS among the user's objects",
    'verify/manifest-refused',
    object(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: openfaas\ndata:\n  mode: "on"\n',
    ),
    of,
  ),
  refused(
    "an object that no manifest of the user's has",
    'verify/manifest-unlisted',
    object(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: cache\ndata:\n  mode: "on"\n',
    ),
    of,
  ),
  refused(
    "another image in a pod of the user's",
    'verify/images-not-locked',
    edit('image: mirror.example.fi/redis:7.4.5', 'image: mirror.example.fi/miner:1'),
    of,
  ),
  refused(
    "a password in a pod of the user's",
    'verify/manifest-refused',
    edit(
      '              valueFrom:\n                secretKeyRef:\n                  name: redis-password\n                  key: password\n',
      '              value: hunter2-hunter2\n',
    ),
    of,
  ),
  refused(
    "a Secret in a pod of the user's that nobody makes",
    'verify/secret-not-made',
    edit('                  name: redis-password\n', '                  name: another\n'),
    of,
  ),
  mayPass(
    "another argument for a pod of the user's",
    'the user writes the arguments',
    edit('            - "96mb"\n', '            - "80mb"\n'),
    of,
  ),
];
