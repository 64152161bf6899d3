import { refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const functions = 'manifests/60-functions.yaml';
const gateway = 'manifests/50-gateway.yaml';
const policies = 'manifests/10-network-policies.yaml';
const policy = (namespace: string, spec: string, name = 'more'): Edit => ({
  file: policies,
  put: `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n${spec}`,
});
const service = (name: string, namespace: string, spec: string): Edit => ({
  file: functions,
  put: `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n${spec}`,
});
const port = '  ports:\n    - name: http\n      port: 8080\n      protocol: TCP\n      targetPort: 8080\n';
const leading = (put: string): Edit => ({
  file: functions,
  find: '  selector:\n    faas_function: export-ledger\n  type: ClusterIP\n',
  put,
});

/** Who reaches whom, by Services and network policies. */
export const reach: SabotagesOfKind = [
  refused(
    "a function's Service leads to another function",
    'verify/leads-elsewhere',
    leading('  selector:\n    faas_function: verify-payment\n  type: ClusterIP\n'),
  ),
  refused("the gateway's Service leads to Prometheus", 'verify/leads-elsewhere', {
    file: gateway,
    find: '  selector:\n    app: gateway\n  type',
    put: '  selector:\n    app: prometheus\n  type',
  }),
  refused('a Service without a selector', 'verify/object-not-ours', leading('  type: ClusterIP\n')),
  refused(
    'a Service by a name elsewhere',
    'verify/exposed',
    service('export-ledger-2', 'openfaas-fn', '  type: ExternalName\n  externalName: evil.example\n'),
  ),
  refused(
    'a Service with external addresses',
    'verify/exposed',
    leading(
      '  selector:\n    faas_function: export-ledger\n  externalIPs: ["203.0.113.1"]\n  type: ClusterIP\n',
    ),
  ),
  refused(
    'a Service at a port of each node',
    'verify/exposed',
    leading('  selector:\n    faas_function: export-ledger\n  type: NodePort\n'),
  ),
  refused(
    'a Service for a balancer',
    'verify/exposed',
    leading('  selector:\n    faas_function: export-ledger\n  type: LoadBalancer\n'),
  ),
  refused(
    'a second Service that leads to a function',
    'verify/leads-elsewhere',
    service(
      'shadow',
      'openfaas-fn',
      `${port}  selector:\n    faas_function: verify-payment\n  type: ClusterIP\n`,
    ),
  ),
  refused(
    "a second Service that leads to the gateway's pods",
    'verify/leads-elsewhere',
    service('shadow', 'openfaas', `${port}  selector:\n    app: gateway\n  type: ClusterIP\n`),
  ),
  refused(
    'a Service before its pods are ready',
    'verify/object-not-ours',
    leading(
      '  publishNotReadyAddresses: true\n  selector:\n    faas_function: export-ledger\n  type: ClusterIP\n',
    ),
  ),
  refused(
    'a Service that keeps to one pod',
    'verify/object-not-ours',
    leading(
      '  sessionAffinity: ClientIP\n  selector:\n    faas_function: export-ledger\n  type: ClusterIP\n',
    ),
  ),
  refused('endpoints by hand behind a Service', 'verify/schema', {
    file: functions,
    put: '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: export-ledger-x\n  namespace: openfaas-fn\n  labels:\n    kubernetes.io/service-name: export-ledger\naddressType: IPv4\nports: []\nendpoints:\n  - addresses: ["203.0.113.66"]\n',
  }),
  refused("a function's pods bear another one's label too", 'verify/object-not-ours', {
    file: functions,
    find: '        com.openfaas.scale.min: "1"\n        faas_function: export-ledger\n',
    put: '        com.openfaas.scale.min: "1"\n        app: gateway\n        faas_function: export-ledger\n',
  }),
  refused(
    'functions may send to all addresses',
    'verify/function-unconfined',
    policy('openfaas-fn', '  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - {}\n'),
  ),
  refused(
    'one function may be sent to from anywhere',
    'verify/call-undeclared',
    policy(
      'openfaas-fn',
      '  podSelector:\n    matchLabels: { faas_function: export-ledger }\n  policyTypes: [Ingress]\n  ingress:\n    - {}\n',
    ),
  ),
  refused(
    'the internet may send to functions',
    'verify/policy-lets-in',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - ipBlock: { cidr: 0.0.0.0/0 }\n      ports:\n        - port: 8080\n          protocol: TCP\n',
    ),
  ),
  refused(
    'every namespace may send to functions',
    'verify/call-undeclared',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - namespaceSelector: {}\n      ports:\n        - port: 8080\n          protocol: TCP\n',
    ),
  ),
  refused(
    'every namespace but none may send to functions',
    'verify/call-undeclared',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - namespaceSelector:\n            matchExpressions:\n              - { key: kubernetes.io/metadata.name, operator: NotIn, values: [nowhere] }\n      ports:\n        - port: 8080\n          protocol: TCP\n',
    ),
  ),
  refused(
    'functions may send to each other by an expression',
    'verify/call-undeclared',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Egress, Ingress]\n  egress:\n    - to:\n        - podSelector:\n            matchExpressions:\n              - { key: faas_function, operator: Exists }\n      ports:\n        - port: 8080\n          protocol: TCP\n  ingress:\n    - from:\n        - podSelector:\n            matchExpressions:\n              - { key: faas_function, operator: Exists }\n      ports:\n        - port: 8080\n          protocol: TCP\n',
    ),
  ),
  refused(
    'functions may send to the provider of metadata',
    'verify/function-unconfined',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 169.254.169.254/32 }\n      ports:\n        - port: 80\n          protocol: TCP\n',
    ),
  ),
  refused(
    'functions may send to an address of the private network',
    'verify/policy-lets-out',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 10.43.0.80/32 }\n      ports:\n        - port: 8082\n          protocol: TCP\n',
    ),
  ),
  refused(
    'functions may send to all of kube-system',
    'verify/object-not-ours',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - namespaceSelector:\n            matchLabels: { kubernetes.io/metadata.name: kube-system }\n      ports:\n        - port: 10250\n          protocol: TCP\n',
    ),
  ),
  refused(
    'a policy in kube-system',
    'verify/object-not-ours',
    policy('kube-system', '  podSelector: {}\n  policyTypes: [Ingress]\n'),
  ),
  refused('the policy of functions is for none of them', 'verify/function-unconfined', {
    file: policies,
    find: '  podSelector: {}\n',
    put: '  podSelector:\n    matchLabels:\n      faas_function: none\n',
  }),
  refused('the policy of functions is for those by an expression', 'verify/function-unconfined', {
    file: policies,
    find: '  podSelector: {}\n',
    put: '  podSelector:\n    matchExpressions:\n      - { key: faas_function, operator: In, values: [nobody] }\n',
  }),
  refused('the policy of functions says nothing of what goes out', 'verify/function-unconfined', {
    file: policies,
    find: '    - Ingress\n    - Egress\n',
    put: '    - Ingress\n',
  }),
  refused('the metadata is no exception', 'verify/function-unconfined', {
    file: policies,
    find: '              - "169.254.0.0/16"\n',
    put: '',
  }),
  refused(
    'the nodes of a several-node cluster may be sent to',
    'verify/policy-lets-out',
    policy(
      'openfaas-fn',
      '  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 10.0.0.0/8 }\n      ports:\n        - port: 6443\n          protocol: TCP\n',
    ),
    'server-and-agents',
  ),
  refused('the namespace of functions admits privileged pods', 'verify/object-not-ours', {
    file: 'manifests/00-namespaces.yaml',
    find: 'name: openfaas-fn\n  labels:\n    pod-security.kubernetes.io/enforce: restricted',
    put: 'name: openfaas-fn\n  labels:\n    pod-security.kubernetes.io/enforce: privileged',
  }),
  refused('the namespace is held to an older level', 'verify/namespace-lax', {
    file: 'manifests/00-namespaces.yaml',
    find: 'enforce-version: v1.36',
    put: 'enforce-version: v1.19',
  }),
];
