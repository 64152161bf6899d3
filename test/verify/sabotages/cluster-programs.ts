import type { Sabotage, SabotagesOfKind } from './sabotage.ts';

const file = '/etc/rancher/k3s/config.yaml';

/** A key more in K3s' configuration of the reference platform's server. */
function key(name: string, put: string, more: Partial<Sabotage> = {}): Sabotage {
  return {
    name,
    edits: [{ file, put }],
    outcome: { refused: 'verify/schema' },
    ...more,
  };
}

/** Arguments that begin the list which a hardened server has. */
function hardened(name: string, list: string, argument: string): Sabotage {
  return {
    name,
    of: 'three-servers',
    edits: [{ file, after: `${list}:\n`, put: `  - "${argument}"\n` }],
    outcome: { refused: 'verify/schema' },
  };
}

/** What K3s and the programs in it are told. */
export const clusterPrograms: SabotagesOfKind = [
  key('the API server lets strangers in', 'kube-apiserver-arg:\n  - "anonymous-auth=true"\n'),
  key(
    'the API server allows everybody everything',
    'kube-apiserver-arg:\n  - "authorization-mode=AlwaysAllow"\n',
  ),
  key('the API server takes tokens of a file', 'kube-apiserver-arg:\n  - "token-auth-file=/tmp/tokens"\n'),
  key(
    'the API server asks a webhook who may',
    'kube-apiserver-arg:\n  - "authorization-webhook-config-file=/tmp/w"\n',
  ),
  key(
    'the API server runs no admission of pods',
    'kube-apiserver-arg:\n  - "disable-admission-plugins=PodSecurity"\n',
  ),
  key('the API server shows its profiles', 'kube-apiserver-arg:\n  - "profiling=true"\n'),
  key('the API server writes Secrets to its log', 'kube-apiserver-arg:\n  - "v=10"\n'),
  key('the API server keeps Secrets as they are', 'kube-apiserver-arg:\n  - "encryption-provider-config="\n'),
  key('etcd is asked without a certificate', 'etcd-arg:\n  - "client-cert-auth=false"\n'),
  key('etcd listens on all addresses', 'etcd-arg:\n  - "listen-client-urls=http://0.0.0.0:2379"\n'),
  key('the kubelet lets strangers in', 'kubelet-arg:\n  - "anonymous-auth=true"\n'),
  key('the kubelet allows everybody everything', 'kubelet-arg:\n  - "authorization-mode=AlwaysAllow"\n'),
  key('the kubelet has a port that only reads', 'kubelet-arg:\n  - "read-only-port=10255"\n'),
  key(
    'the kubelet lets containers set kernel values',
    'kubelet-arg:\n  - "allowed-unsafe-sysctls=kernel.*"\n',
  ),
  key('the kubelet starts what lies in a directory', 'kubelet-arg:\n  - "pod-manifest-path=/tmp/pods"\n'),
  key('the kubelet takes its configuration elsewhere', 'kubelet-arg:\n  - "config=/tmp/kubelet.yaml"\n'),
  key(
    'the controllers listen on all addresses',
    'kube-controller-manager-arg:\n  - "bind-address=0.0.0.0"\n',
  ),
  key(
    'the controllers use one account for all',
    'kube-controller-manager-arg:\n  - "use-service-account-credentials=false"\n',
  ),
  key('the scheduler listens on all addresses', 'kube-scheduler-arg:\n  - "bind-address=0.0.0.0"\n'),
  key(
    'the scheduler asks nobody who may',
    'kube-scheduler-arg:\n  - "authorization-always-allow-paths=/*"\n',
  ),
  key(
    'the Helm controller runs what it is told',
    'helm-controller-arg:\n  - "default-job-image=example.com/evil"\n',
  ),
  key("network policies are nobody's", 'disable-network-policy: true\n'),
  key('there is no network of pods', 'flannel-backend: none\n'),
  key('kube-proxy is off', 'disable-kube-proxy: true\n'),
  key('a kubeconfig lies where all may read', 'write-kubeconfig: /var/www/letsencrypt/k3s.yaml\n'),
  key('each certificate is for any name that is asked', 'tls-san-security: false\n'),
  key('etcd tells everybody its numbers', 'etcd-expose-metrics: true\n'),
  key('nodes share images with each other', 'embedded-registry: true\n'),
  key('each pod may have the devices of its node', 'nonroot-devices: true\n'),
  key('the pause container is another image', 'pause-image: example.com/evil:1\n'),
  key('the node pulls with another registries file', 'private-registry: /tmp/registries.yaml\n'),
  key('K3s lives in a directory that all may write to', 'data-dir: /tmp/k3s\n'),
  key('pods ask another DNS', 'resolv-conf: /tmp/resolv.conf\n'),
  key('the cluster has another name for DNS', 'cluster-domain: evil.example\n'),
  key('the API server calls itself another address', 'advertise-address: 203.0.113.66\n'),
  key('the API server is at a port that no firewall knows', 'https-listen-port: 443\n'),
  key('a key from no documentation', 'kube-apiserver-extra: yes-please\n'),
  key('kube-proxy serves Services of nodes on all addresses', 'x: 1\n', {
    edits: [{ file, after: 'kube-proxy-arg:\n', put: '  - "nodeport-addresses=0.0.0.0/0"\n' }],
  }),
  key('kube-proxy shows its numbers to everybody', 'x: 1\n', {
    edits: [{ file, after: 'kube-proxy-arg:\n', put: '  - "metrics-bind-address=0.0.0.0:10249"\n' }],
  }),
  key('Secrets are kept as they are', 'x: 1\n', {
    edits: [{ file, find: 'secrets-encryption: true', put: 'secrets-encryption: false' }],
  }),
  key('ServiceLB is on', 'x: 1\n', {
    outcome: { refused: 'verify/port-taken' },
    edits: [{ file, find: '  - servicelb\n', put: '' }],
  }),
  key("K3s' DNS is off", 'x: 1\n', {
    edits: [{ file, after: '  - servicelb\n', put: '  - coredns\n' }],
  }),
  key('everybody on the machine reads the kubeconfig', 'x: 1\n', {
    outcome: { refused: 'verify/not-as-meant' },
    edits: [{ file, find: 'write-kubeconfig-mode: "0600"', put: 'write-kubeconfig-mode: "0644"' }],
  }),
  key('a group reads the kubeconfig', 'write-kubeconfig-group: games\n', {
    outcome: { refused: 'verify/not-as-meant' },
    edits: [
      {
        file,
        find: 'write-kubeconfig-mode: "0600"',
        put: 'write-kubeconfig-mode: "0640"\nwrite-kubeconfig-group: games',
      },
    ],
  }),
  hardened('a hardened API server lets strangers in', 'kube-apiserver-arg', 'anonymous-auth=true'),
  hardened('a hardened kubelet has a port that only reads', 'kubelet-arg', 'read-only-port=10255'),
  hardened(
    'hardened controllers listen on all addresses',
    'kube-controller-manager-arg',
    'bind-address=0.0.0.0',
  ),
  {
    name: 'a hardened node takes any kernel settings',
    of: 'three-servers',
    edits: [{ file, find: 'protect-kernel-defaults: true', put: 'protect-kernel-defaults: false' }],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'a hardened server keeps no audit log',
    of: 'three-servers',
    edits: [
      { file, find: '  - "audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log"\n', put: '' },
      { file, find: '  - "audit-policy-file=/etc/rancher/k3s/audit.yaml"\n', put: '' },
    ],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'a hardened server audits nothing',
    of: 'three-servers',
    edits: [{ file: '/etc/rancher/k3s/audit.yaml', find: 'level: Metadata', put: 'level: None' }],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'a hardened server admits privileged pods',
    of: 'three-servers',
    edits: [
      { file: '/etc/rancher/k3s/admission.yaml', find: 'enforce: restricted', put: 'enforce: privileged' },
    ],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'a hardened server spares the namespace of functions',
    of: 'three-servers',
    edits: [
      {
        file: '/etc/rancher/k3s/admission.yaml',
        find: '          - kube-system\n',
        put: '          - kube-system\n          - openfaas-fn\n',
      },
    ],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'a hardened server spares a user',
    of: 'three-servers',
    edits: [
      {
        file: '/etc/rancher/k3s/admission.yaml',
        find: 'usernames: []',
        put: 'usernames: ["system:anonymous"]',
      },
    ],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: 'one server of several is asked by another way of authorization',
    of: 'three-servers',
    edits: [
      {
        file,
        find: 'enable-admission-plugins=NodeRestriction,EventRateLimit',
        put: 'enable-admission-plugins=AlwaysAdmit',
      },
    ],
    outcome: { refused: 'verify/schema' },
  },
  {
    name: "pods' networks between nodes in the clear",
    of: 'server-and-agents',
    edits: [{ file, find: 'flannel-backend: wireguard-native\n', put: '' }],
    outcome: { refused: 'verify/not-as-meant' },
  },
];
