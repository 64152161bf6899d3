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
      'nginx accepts the conf, but the gateway would do less than it promises: let a client speak for another client, hold a connection forever, or answer to names that are not its own.',
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
      'What a workload leaves out, Kubernetes chooses: an API token for every pod, as much memory as it wants, no health check.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'enableServiceLinks: false',
        to: 'enableServiceLinks: true',
      },
    },
  },
  'verify/service-without-pods': {
    meaning: 'A caller would wait, and then get an error because nothing answers.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: 'targetPort: 9090', to: 'targetPort: 9091' },
    },
  },
  'verify/part-misconfigured': {
    meaning:
      'A program ignores a variable whose name it does not know, and exits on an unknown argument. So the part is there, but does not do its work.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'name: basic_auth', to: 'name: basic_authx' },
    },
  },
  'verify/pod-under-no-policy': {
    meaning: 'Without a policy for a direction, Kubernetes allows all traffic in it.',
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
      'A rule without peers applies to everybody, and one without ports to every port: usually more than was meant.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '      ports:\n        - port: 9090\n          protocol: TCP\n',
        to: '',
      },
    },
  },
  'verify/disruption-unlimited': {
    meaning: 'When a node is drained, all copies of a function may be stopped at once.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', replicas: { min: 2 } } }",
      },
      dist: { path: 'manifests/60-functions.yaml', from: '  maxUnavailable: 1\n', to: '' },
    },
  },
  'verify/listed-twice': {
    meaning:
      'Of two variables with one name the last counts, which a reader may not notice. Usually both sides of a merge have stayed.',
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
      'With fewer permissions functions cannot be scaled. With more, an attacker who takes over the gateway can do more than change functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: '- deployments', to: '- "*"' } },
  },
  'verify/stack-differs': {
    meaning: 'faas-cli would build or deploy something other than what runs.',
    example: { dist: { path: 'stack.yaml', from: 'exec_timeout: "30s"', to: 'exec_timeout: "60s"' } },
  },
};
