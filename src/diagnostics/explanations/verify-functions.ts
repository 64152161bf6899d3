import type { verifyFunctionsCodes } from '../codes/verify-functions.ts';
import type { Explanations } from './explanation.ts';

const manifest = 'manifests/60-functions.yaml';
const functions = (settings: string) => ({
  functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} }, ledger: { image: 'ghcr.io/acme/ledger:1', expose: false } }`,
});

export const verifyFunctionsExplanations: Explanations<keyof typeof verifyFunctionsCodes> = {
  'verify/call-refused': {
    meaning: 'The call would wait for its timeout and then fail.',
    example: {
      config: functions(
        "expose: true, calls: ['ledger'] }, audit: { image: 'ghcr.io/acme/audit:1', calls: ['pay'], direct: true",
      ),
      dist: {
        path: manifest,
        from: 'faas_function: pay\n  policyTypes:\n    - Egress',
        to: 'faas_function: other\n  policyTypes:\n    - Egress',
      },
    },
  },
  'verify/call-undeclared': {
    meaning: 'An attacker who takes over one function could go on to another where nobody expects it.',
    example: {
      config: functions("calls: ['ledger'], direct: true"),
      dist: { path: manifest, from: 'name: FUNCTION_LEDGER_URL', to: 'name: LEDGER' },
    },
  },
  'verify/replicas-fought-over': {
    meaning:
      'Copies that were added under load would be removed each time that the manifests are applied, in the middle of that load.',
    example: { dist: { path: manifest, from: 'spec:\n', to: 'spec:\n  replicas: 1\n' } },
  },
  'verify/scales-nothing': {
    meaning: 'It waits for load on a function that does not exist, while another function is not scaled.',
    example: {
      dist: {
        path: 'manifests/20-prometheus.yaml',
        from: 'function_name=~\\"pay',
        to: 'function_name=~\\"refund',
      },
    },
  },
  'verify/copies-not-kept': {
    meaning:
      'A function that must be hot would run with one copy, or copies that the gateway adds under load would be taken away.',
    example: {
      config: functions('replicas: { min: 2 }'),
      dist: { path: manifest, from: 'minReplicas: 2', to: 'minReplicas: 1' },
    },
  },
  'verify/direct-elsewhere': {
    meaning: 'Callers of one function would get the answers of another function.',
    example: {
      config: functions("direct: { address: '10.43.0.99' }"),
      dist: { path: 'nginx/openfaas.conf', from: 'server 10.43.0.99:8080', to: 'server 10.43.0.80:8080' },
    },
  },
  'verify/queue-missing': {
    meaning: 'Each such call would be refused, because nothing can accept it.',
    example: { config: functions('async: true'), dist: { path: 'manifests/40-nats.yaml', remove: true } },
  },
  'verify/value-expanded': {
    meaning:
      'Kubernetes replaces such a reference before the function starts, so the function gets a different text from the one in the config.',
    example: {
      config: functions("env: { FORMAT: 'plain' }"),
      dist: { path: manifest, from: 'value: plain', to: 'value: $(HOME)' },
    },
  },
};
