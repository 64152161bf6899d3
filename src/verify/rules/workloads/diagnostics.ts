import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

/** What `verify` reports about workloads. */
export const verifyWorkloadsDiagnostics = {
  'verify/namespace-lax': define<{ name: string; enforced: string }>({
    severity: 'error',
    fact: ({ name, enforced }) =>
      `the namespace ${name} enforces the Pod Security level '${enforced}', not 'restricted'`,
    hint: compileAgain,
    meaning: "Kubernetes would start pods there that run as root or share their node's network.",
    example: {
      dist: {
        path: 'manifests/00-namespaces.yaml',
        from: 'enforce: restricted',
        to: 'enforce: privileged',
      },
    },
  }),
  'verify/pod-not-admitted': define<{ pod: string; problem: string }>({
    severity: 'error',
    fact: ({ pod, problem }) => `the Pod Security level 'restricted' refuses the pods of ${pod}: ${problem}`,
    hint: compileAgain,
    meaning: 'The Deployment would exist, but never get a pod.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'allowPrivilegeEscalation: false',
        to: 'allowPrivilegeEscalation: true',
      },
    },
  }),
  'verify/pods-without-room': define<{ problem: string }>({
    severity: 'error',
    fact: ({ problem }) => problem,
    hint: compileAgain,
    meaning:
      'Kubernetes starts a pod only where its request is free beside what the kubelet keeps for K3s, nginx and the system. The others wait forever.',
    example: {
      dist: {
        path: 'platform.lock.json',
        from: '"memory": 4294967296',
        to: '"memory": 2147483648',
      },
    },
  }),
  'verify/object-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `${object} is defined twice`,
    hint: compileAgain,
    meaning: 'Which of the two counts depends on who applies them, and when.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: 'name: prometheus\n  namespace: openfaas',
        to: 'name: gateway\n  namespace: openfaas',
      },
    },
  }),
  'verify/reference-missing': define<{ object: string; needed: string; later: boolean }>({
    severity: 'error',
    fact: ({ object, needed, later }) =>
      `${object} needs ${needed}, which ${later ? 'is created only after it' : 'nothing creates'}`,
    hint: compileAgain,
    meaning: 'Kubernetes refuses the object, or accepts it and never starts what it is for.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'serviceAccountName: openfaas-controller',
        to: 'serviceAccountName: another',
      },
    },
  }),
  'verify/address-unfit': define<{ object: string; address: string; problem: string }>({
    severity: 'error',
    fact: ({ object, address, problem }) => `the address ${address} of ${object} ${problem}`,
    hint: compileAgain,
    meaning:
      'nginx sends calls to this address for good. Kubernetes refuses an address outside its range, and may have given one beyond the reserved first part to another Service.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'clusterIP: "10.43.0.80"',
        to: 'clusterIP: "10.43.9.80"',
      },
    },
  }),
  'verify/calls-cut': define<{ object: string; problem: string }>({
    severity: 'error',
    fact: ({ object, problem }) => `stopping ${object} cuts calls: ${problem}`,
    hint: compileAgain,
    meaning:
      'The gateway exits at once on SIGTERM. Each new version of it, and each drained node, would cut the calls that are under way.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'seconds: 60', to: 'seconds: 5' },
    },
  }),
  'verify/workload-incomplete': define<{ object: string; problem: string }>({
    severity: 'error',
    fact: ({ object, problem }) => `${object}: ${problem}`,
    hint: compileAgain,
    meaning:
      'What a workload leaves out, Kubernetes chooses: an API token for every pod, as much memory as it wants, no health check.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'enableServiceLinks: false',
        to: 'enableServiceLinks: true',
      },
    },
  }),
  'verify/service-without-pods': define<{ service: string; problem: string }>({
    severity: 'error',
    fact: ({ service, problem }) => `${service} ${problem}`,
    hint: compileAgain,
    meaning: 'A caller would wait, and then get an error because nothing answers.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: 'targetPort: 9090', to: 'targetPort: 9091' },
    },
  }),
  'verify/disruption-unlimited': define<{ budget: string; problem: string }>({
    severity: 'error',
    fact: ({ budget, problem }) => `${budget} ${problem}`,
    hint: compileAgain,
    meaning: 'When a node is drained, all copies of a function may be stopped at once.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', replicas: { min: 2 } } }",
      },
      dist: { path: 'manifests/60-functions.yaml', from: '  maxUnavailable: 1\n', to: '' },
    },
  }),
  'verify/listed-twice': define<{ object: string; list: string; entry: string }>({
    severity: 'error',
    fact: ({ object, list, entry }) => `${object} has '${entry}' twice in ${list}`,
    hint: () => 'remove one of them; if both are there right after fjord synth, please report a bug in Fjord',
    meaning:
      'Of two variables with one name the last counts, which a reader may not notice. Usually both sides of a merge have stayed.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: '            - name: exec_timeout',
        to: '            - name: exec_timeout\n              value: "30s"\n            - name: exec_timeout',
      },
    },
  }),
};
