import type { NodeFile } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import { kubeletSysctls } from '../../platform/kernel/hardening.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';

/** The suites of TLS 1.2 that the benchmark allows. It allows all of TLS 1.3. */
const ciphers = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
];

/** Config keys of every hardened node. */
export const hardenedAgent = {
  'protect-kernel-defaults': true,
  'kubelet-arg': ['streaming-connection-idle-timeout=5m', `tls-cipher-suites=${ciphers.join(',')}`],
};

/** Config keys of a hardened server. */
export const hardenedServer = {
  'kube-apiserver-arg': [
    'enable-admission-plugins=NodeRestriction,EventRateLimit',
    `admission-control-config-file=${places.admission}`,
    'audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log',
    `audit-policy-file=${places.audit}`,
    'audit-log-maxage=30',
    'audit-log-maxbackup=10',
    'audit-log-maxsize=100',
    'service-account-extend-token-expiration=false',
  ],
  'kube-controller-manager-arg': ['terminated-pod-gc-threshold=100'],
};

/** Files that those keys name, which must exist before K3s starts. None without hardening. */
export function hardeningFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  if (!platform.k3s.hardened) return [];
  const file = (path: string, kind: NodeFile['kind'], text: string): NodeFile => ({
    path,
    kind,
    text,
    permissions: '0600',
  });
  return [
    file(
      places.kubeletSysctls,
      'sysctl',
      `# ${marker}\n${Object.entries(kubeletSysctls)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`,
    ),
    ...(node.role === 'server'
      ? [
          file(places.admission, 'admission-config', printYaml(admission(platform), marker)),
          file(places.audit, 'audit-policy', printYaml(audit, marker)),
        ]
      : []),
  ];
}

/** Requires restricted pods everywhere except in the namespaces of K3s' own parts and of the GitOps tool. */
function admission({ delivery }: Platform) {
  const exempt = ['kube-system', ...(delivery.mode === 'gitops' ? [delivery.namespace] : [])];
  const level = { enforce: 'restricted', audit: 'restricted', warn: 'restricted' };
  const version = { 'enforce-version': 'latest', 'audit-version': 'latest', 'warn-version': 'latest' };
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [
      {
        name: 'PodSecurity',
        configuration: {
          apiVersion: 'pod-security.admission.config.k8s.io/v1',
          kind: 'PodSecurityConfiguration',
          defaults: { ...level, ...version },
          exemptions: { usernames: [], runtimeClasses: [], namespaces: exempt },
        },
      },
      {
        name: 'EventRateLimit',
        configuration: {
          apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
          kind: 'Configuration',
          limits: [{ type: 'Server', qps: 5000, burst: 20_000 }],
        },
      },
    ],
  };
}

/** Logs who did what, without request bodies, because those contain secrets. */
const audit = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] };
