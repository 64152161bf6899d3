import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const gateway = 'manifests/50-gateway.yaml';

const functions = 'manifests/60-functions.yaml';

/** A function with a budget. */
const copies = { functions: "{ pay: { image: 'ghcr.io/acme/pay:1', replicas: { min: 2 } } }" };

/** What `verify` reports about objects beside pods: that they fit together, and how they limit each other. */
export const verifyWorkloadsDiagnostics = {
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
  'verify/address-unfit': define<{ object: string; address: string; range: string }>({
    severity: 'error',
    fact: ({ object, address, range }) =>
      `the address ${address} of ${object} is not in K3s' range of Services, ${range}`,
    hint: compileAgain,
    meaning:
      'Kubernetes refuses a Service with an address outside its range, and nginx sends calls there for good.',
    example: { dist: { path: gateway, from: 'clusterIP: "10.43.0.80"', to: 'clusterIP: "10.99.0.80"' } },
  }),
  'verify/address-not-reserved': define<{ object: string; address: string; first: number; range: string }>({
    severity: 'error',
    fact: ({ object, address, first, range }) =>
      `the address ${address} of ${object} is not among the first ${first} of ${range}`,
    hint: compileAgain,
    meaning:
      'Kubernetes gives addresses beyond the first part of its range to any Service, so another Service may have this address already.',
    example: { dist: { path: gateway, from: 'clusterIP: "10.43.0.80"', to: 'clusterIP: "10.43.9.80"' } },
  }),
  'verify/address-twice': define<{ object: string; address: string; other: string }>({
    severity: 'error',
    fact: ({ object, address, other }) => `${object} has the address ${address}, which ${other} has too`,
    hint: compileAgain,
    meaning: 'Kubernetes refuses the second Service, so nginx sends its calls to the first.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'namespace: openfaas-fn\nspec:\n  ports:',
        to: 'namespace: openfaas-fn\nspec:\n  clusterIP: "10.43.0.80"\n  ports:',
      },
    },
  }),
  'verify/service-without-pods': define<{ service: string }>({
    severity: 'error',
    fact: ({ service }) => `${service} selects no pods`,
    hint: compileAgain,
    meaning: 'A caller would wait, and then get an error because nothing answers.',
    example: {
      dist: {
        path: 'manifests/20-prometheus.yaml',
        from: '  selector:\n    app: prometheus\n  type',
        to: '  selector:\n    app: prometeus\n  type',
      },
    },
  }),
  'verify/service-port-closed': define<{ service: string; port: string }>({
    severity: 'error',
    fact: ({ service, port }) => `${service} leads to port ${port}, on which its pods do not listen`,
    hint: compileAgain,
    meaning: 'Each connection to that port of the Service would be refused.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: 'targetPort: 9090', to: 'targetPort: 9091' },
    },
  }),
  'verify/disruption-unlimited': define<{ budget: string }>({
    severity: 'error',
    fact: ({ budget }) => `${budget} does not set how many pods may be missing`,
    hint: compileAgain,
    meaning: 'When a node is drained, all copies of a function may be stopped at once.',
    example: {
      config: copies,
      dist: { path: functions, from: '  maxUnavailable: 1\n', to: '' },
    },
  }),
  'verify/budget-for-no-pods': define<{ budget: string }>({
    severity: 'error',
    fact: ({ budget }) => `${budget} selects no pods`,
    hint: compileAgain,
    meaning: 'The pods that it was meant for have no budget, so a drained node may stop all of them at once.',
    example: {
      config: copies,
      dist: {
        path: functions,
        from: 'maxUnavailable: 1\n  selector:\n    matchLabels:\n      faas_function: pay',
        to: 'maxUnavailable: 1\n  selector:\n    matchLabels:\n      faas_function: other',
      },
    },
  }),
  'verify/policy-lets-in': define<{ policy: string; range: string }>({
    severity: 'error',
    fact: ({ policy, range }) =>
      `${policy} lets in ${range}, which is neither the address of a node nor the range of pods`,
    hint: compileAgain,
    meaning:
      'Strangers, or machines beside the cluster, could call a pod directly, past nginx and its guards.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '  ingress:\n    - from:\n',
        to: '  ingress:\n    - from:\n        - ipBlock:\n            cidr: 0.0.0.0/0\n',
      },
    },
  }),
  'verify/policy-lets-out': define<{ policy: string; range: string; except: readonly string[] }>({
    severity: 'error',
    fact: ({ policy, range, except }) =>
      `${policy} lets pods out to ${range} except ${except.join(', ') || 'nothing'}, instead of everything outside the cluster`,
    hint: compileAgain,
    meaning:
      'Pods may reach the internet without the ranges of pods and Services. Any other block opens an address of the cluster to them.',
    example: {
      dist: { path: 'manifests/10-network-policies.yaml', from: '              - "10.43.0.0/16"\n', to: '' },
    },
  }),
};
