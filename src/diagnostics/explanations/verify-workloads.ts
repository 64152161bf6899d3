import type { workloadCodes } from '../codes/verify-workloads.ts';
import type { Explanations } from './explanation.ts';

export const verifyWorkloadsExplanations: Explanations<keyof typeof workloadCodes> = {
  'verify/calls-cut': {
    meaning:
      'The gateway ends at once when it is told to stop. Each new version of it, and each node that is emptied, would cut the calls that are under way.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'seconds: 60', to: 'seconds: 5' },
    },
  },
  'verify/gateway-otherwise': {
    meaning:
      'nginx takes the conf, and the gateway would do less than it promises: let a client speak for another one, hold a connection for ever, or answer to names that are not its own.',
    example: {
      dist: {
        path: 'nginx/openfaas.conf',
        from: 'proxy_set_header X-Forwarded-For $remote_addr;',
        to: 'proxy_set_header X-Forwarded-For $http_x_forwarded_for;',
      },
    },
  },
  'verify/workload-incomplete': {
    meaning:
      'What a workload does not say, Kubernetes chooses: a token of the API for every pod, as much memory as it wants, no question whether it is well.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'enableServiceLinks: false',
        to: 'enableServiceLinks: true',
      },
    },
  },
  'verify/service-without-pods': {
    meaning: 'Whoever calls it waits, and then is told that nobody answers.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: 'targetPort: 9090', to: 'targetPort: 9091' },
    },
  },
  'verify/part-misconfigured': {
    meaning:
      'A program ignores a variable whose name it does not know, and ends for an argument that it does not: the part is there, and does not do its work.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'name: basic_auth', to: 'name: basic_authx' },
    },
  },
  'verify/pod-under-no-policy': {
    meaning: 'Without a policy for a direction, Kubernetes refuses nothing in it.',
    example: {
      config: { openfaas: "{ licence: 'personal', async: true }" },
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: 'podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
        to: 'podSelector: {}\n  policyTypes:\n    - Ingress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
      },
    },
  },
  'verify/policy-vague': {
    meaning:
      'A rule without peers is for everybody, and one without ports for everything: most often more than was meant.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '      ports:\n        - port: 9090\n          protocol: TCP\n',
        to: '',
      },
    },
  },
  'verify/disruption-unlimited': {
    meaning: 'When a node is emptied, all copies of a function may be stopped at once.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', replicas: { min: 2 } } }",
      },
      dist: { path: 'manifests/60-functions.yaml', from: '  maxUnavailable: 1\n', to: '' },
    },
  },
  'verify/listed-twice': {
    meaning:
      'Of two variables with one name the last counts, and that is the one which a reader does not see. Most often both sides of a merge have stayed.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: '            - name: exec_timeout',
        to: '            - name: exec_timeout\n              value: "30s"\n            - name: exec_timeout',
      },
    },
  },
  'verify/account-may': {
    meaning:
      'With less than this, functions cannot be scaled; with more, who takes over the gateway can do more than to change functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: '- deployments', to: '- "*"' } },
  },
  'verify/stack-differs': {
    meaning: 'faas-cli would build or deploy another function than the one that runs.',
    example: { dist: { path: 'stack.yaml', from: 'exec_timeout: "30s"', to: 'exec_timeout: "60s"' } },
  },
};
