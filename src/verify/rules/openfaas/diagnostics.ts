import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const config = {
  nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', memory: '8Gi' } }",
  openfaas: "{ edition: 'pro' }",
};

const chart = 'manifests/20-openfaas.yaml';

/** What `verify` reports about OpenFaaS. */
export const verifyOpenfaasDiagnostics = {
  'verify/chart-not-locked': define<{ found: string; listed: string }>({
    severity: 'error',
    fact: ({ found, listed }) => `the manifests install ${found}, but platform.lock.json lists ${listed}`,
    hint: compileAgain,
    meaning:
      'The chart decides every image and permission of the runtime, so another version is another platform.',
    example: { config, dist: { path: chart, from: 'chart: openfaas', to: 'chart: openfaas-edge' } },
  }),
  'verify/chart-unsafe': define<{ value: string; must: string }>({
    severity: 'error',
    fact: ({ value, must }) => `the value ${value} of OpenFaaS' chart must be ${must}`,
    hint: compileAgain,
    meaning: 'By default the chart would open a port, or make a password that nobody here knows.',
    example: { config, dist: { path: chart, from: 'exposeServices: false', to: 'exposeServices: true' } },
  }),
  'verify/part-misconfigured': define<{ part: string; problem: string }>({
    severity: 'error',
    fact: ({ part, problem }) => `${part}: ${problem}`,
    hint: compileAgain,
    meaning:
      'A program ignores a variable whose name it does not know, and exits on an unknown argument. So the part is there, but does not do its work.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'name: basic_auth', to: 'name: basic_authx' },
    },
  }),
  'verify/pod-under-no-policy': define<{ pod: string; way: 'into' | 'out of' }>({
    severity: 'error',
    fact: ({ pod, way }) => `no NetworkPolicy limits the traffic ${way} ${pod}`,
    hint: compileAgain,
    meaning: 'Without a policy for a direction, Kubernetes allows all traffic in it.',
    example: {
      config: { openfaas: "{ licence: 'personal', async: true }" },
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: 'podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
        to: 'podSelector: {}\n  policyTypes:\n    - Ingress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
      },
    },
  }),
  'verify/policy-vague': define<{ policy: string; rule: string }>({
    severity: 'error',
    fact: ({ policy, rule }) => `${policy} has a rule without peers or without ports: ${rule}`,
    hint: compileAgain,
    meaning:
      'A rule without peers applies to everybody, and one without ports to every port: usually more than was meant.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '      ports:\n        - port: 9090\n          protocol: TCP\n',
        to: '',
      },
    },
  }),
  'verify/account-may': define<{ account: string; problem: string }>({
    severity: 'error',
    fact: ({ account, problem }) => `the account ${account} ${problem}`,
    hint: compileAgain,
    meaning:
      'With fewer permissions functions cannot be scaled. With more, an attacker who takes over the gateway can do more than change functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: '- deployments', to: '- "*"' } },
  }),
};
