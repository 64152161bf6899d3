import type { SabotagesOfKind } from './sabotage.ts';

const file = 'manifests/50-gateway.yaml';
const api = 'apiVersion: rbac.authorization.k8s.io/v1';
const ref = (kind: string, name: string) =>
  `roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ${kind}\n  name: ${name}\n`;
const account = (namespace: string, name: string) =>
  `subjects:\n  - kind: ServiceAccount\n    name: ${name}\n    namespace: ${namespace}\n`;
const user = (kind: string, name: string) =>
  `subjects:\n  - kind: ${kind}\n    name: "${name}"\n    apiGroup: rbac.authorization.k8s.io\n`;
const clusterBinding = (role: string, subjects: string) =>
  `---\n${api}\nkind: ClusterRoleBinding\nmetadata:\n  name: more\n${ref('ClusterRole', role)}${subjects}`;
const binding = (namespace: string, role: string, subjects: string) =>
  `---\n${api}\nkind: RoleBinding\nmetadata:\n  name: more\n  namespace: ${namespace}\n${role}${subjects}`;
const clusterRole = (name: string, rest: string) =>
  `---\n${api}\nkind: ClusterRole\nmetadata:\n  name: ${name}\n${rest}`;
const everything = 'rules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n';

/** Who may do what in the cluster. */
export const rbac: SabotagesOfKind = [
  {
    name: 'the provider is cluster-admin',
    edits: [{ file, put: clusterBinding('cluster-admin', account('openfaas', 'openfaas-controller')) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: "functions' default account is cluster-admin",
    edits: [{ file, put: clusterBinding('cluster-admin', account('openfaas-fn', 'default')) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'strangers without a name are cluster-admin',
    edits: [{ file, put: clusterBinding('cluster-admin', user('User', 'system:anonymous')) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'all who are not logged in may look at everything',
    edits: [{ file, put: clusterBinding('view', user('Group', 'system:unauthenticated')) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'all accounts may edit',
    edits: [{ file, put: clusterBinding('edit', user('Group', 'system:serviceaccounts')) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'a ClusterRole of everything',
    edits: [{ file, put: clusterRole('everything', everything) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: "a ClusterRole that flows into Kubernetes' own by aggregation",
    edits: [
      {
        file,
        put: clusterRole(
          'more',
          `aggregationRule:\n  clusterRoleSelectors:\n    - matchLabels:\n        rbac.authorization.k8s.io/aggregate-to-admin: "true"\nrules: []\n`,
        ),
      },
    ],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: "a ClusterRole under the name of one of Kubernetes' own",
    edits: [{ file, put: clusterRole('system:discovery', everything) }],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'a RoleBinding in kube-system for the provider',
    edits: [
      {
        file,
        put: binding('kube-system', ref('ClusterRole', 'admin'), account('openfaas', 'openfaas-controller')),
      },
    ],
    outcome: { refused: 'verify/account-of-no-role' },
  },
  {
    name: 'a RoleBinding to a ClusterRole in the namespace of functions',
    edits: [
      {
        file,
        put: binding('openfaas-fn', ref('ClusterRole', 'admin'), account('openfaas', 'openfaas-controller')),
      },
    ],
    outcome: { refused: 'verify/account-of-no-role' },
  },
  {
    name: "the provider's Role for a user of a name",
    edits: [
      { file, put: binding('openfaas-fn', ref('Role', 'openfaas-controller'), user('User', 'mallory')) },
    ],
    outcome: { refused: 'verify/account-unused' },
  },
  {
    name: "the provider's Role for whoever is not logged in",
    edits: [
      {
        file,
        put: binding(
          'openfaas-fn',
          ref('Role', 'openfaas-controller'),
          user('Group', 'system:unauthenticated'),
        ),
      },
    ],
    outcome: { refused: 'verify/account-unused' },
  },
  {
    name: "the provider's RoleBinding names a ClusterRole of the same name",
    edits: [
      {
        file,
        find: 'roleRef:\n  kind: Role\n  name: openfaas-controller',
        put: 'roleRef:\n  kind: ClusterRole\n  name: openfaas-controller',
      },
    ],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'the provider may run commands in pods',
    edits: [{ file, find: '      - pods/log\n', put: '      - pods/log\n      - pods/exec\n' }],
    outcome: { refused: 'verify/account-may' },
  },
  {
    name: 'the provider may do anything with Secrets',
    edits: [
      {
        file,
        find: '      - secrets\n    verbs:\n      - get\n',
        put: '      - secrets\n    verbs:\n      - "*"\n      - get\n',
      },
    ],
    outcome: { refused: 'verify/account-may' },
  },
  {
    name: 'the provider may take on the rights of others',
    edits: [
      {
        file,
        find: 'rules:\n',
        put: 'rules:\n  - apiGroups: [rbac.authorization.k8s.io]\n    resources: [roles]\n    verbs: [bind, escalate]\n',
      },
    ],
    outcome: { refused: 'verify/account-may' },
  },
  {
    name: 'the Role says paths that are no resources',
    edits: [
      {
        file,
        find: 'rules:\n',
        put: 'rules:\n  - apiGroups: [""]\n    resources: [services]\n    resourceNames: [a]\n    verbs: [get]\n',
      },
    ],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: 'a second Role that nobody has yet',
    edits: [
      {
        file,
        put: `---\n${api}\nkind: Role\nmetadata:\n  name: later\n  namespace: openfaas-fn\n${everything}`,
      },
    ],
    outcome: { refused: 'verify/object-unused' },
  },
  {
    name: 'a ServiceAccount more, with a token that lasts',
    edits: [
      {
        file,
        put: '---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: later\n  namespace: openfaas\n',
      },
      {
        file,
        put: '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: later\n  namespace: openfaas\n  annotations:\n    kubernetes.io/service-account.name: later\ntype: kubernetes.io/service-account-token\n',
      },
    ],
    outcome: { refused: 'verify/object-not-ours' },
  },
  {
    name: "a function runs as the provider's account",
    edits: [
      {
        file: 'manifests/60-functions.yaml',
        find: '      automountServiceAccountToken: false\n',
        put: '      serviceAccountName: openfaas-controller\n',
      },
    ],
    outcome: { refused: 'verify/reference-missing' },
  },
  {
    name: 'a function mounts the token of its account',
    edits: [
      {
        file: 'manifests/60-functions.yaml',
        find: '      automountServiceAccountToken: false\n',
        put: '      automountServiceAccountToken: true\n',
      },
    ],
    outcome: { refused: 'verify/workload-incomplete' },
  },
  {
    name: 'a function asks for a token by a volume',
    edits: [
      {
        file: 'manifests/60-functions.yaml',
        find: '          emptyDir: {}\n',
        put: '          projected:\n            sources:\n              - serviceAccountToken:\n                  path: token\n',
      },
    ],
    outcome: { refused: 'verify/workload-incomplete' },
  },
];
