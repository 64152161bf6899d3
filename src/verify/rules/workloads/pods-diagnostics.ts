import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';
import { type Unfit, unfitText } from '../../unfit.ts';

const path = 'manifests/60-functions.yaml';

const gateway = 'manifests/50-gateway.yaml';

/** What `verify` reports about pods: what they may do, what they have, and how they end. */
export const verifyWorkloadsPodsDiagnostics = {
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
  'verify/pod-not-admitted': define<{ pod: string; field: string; found: string; wanted: string }>({
    severity: 'error',
    fact: ({ pod, field, found, wanted }) =>
      `Kubernetes refuses the pods of ${pod}: ${field} is ${found}, but must be ${wanted}`,
    hint: compileAgain,
    meaning:
      "The Pod Security level 'restricted', which the namespace enforces, does not allow it. The Deployment would exist, but never get a pod.",
    example: {
      dist: {
        path,
        from: 'allowPrivilegeEscalation: false',
        to: 'allowPrivilegeEscalation: true',
      },
    },
  }),
  'verify/calls-cut': define<{
    object: string;
    container: string;
    sleep: number;
    needed: number;
    until: 'its successor takes calls' | 'its callers have left' | 'the last call through it has its answer';
  }>({
    severity: 'error',
    fact: ({ object, container, sleep, needed, until }) =>
      `container ${container} of ${object} stops after ${sleep} s, but ${until} after ${needed} s`,
    hint: compileAgain,
    meaning:
      'The gateway exits at once on SIGTERM. Each new version of it, and each drained node, would cut the calls that are under way.',
    example: { dist: { path: gateway, from: 'seconds: 60', to: 'seconds: 5' } },
  }),
  'verify/killed-in-sleep': define<{ object: string; container: string; sleep: number; grace: number }>({
    severity: 'error',
    fact: ({ object, container, sleep, grace }) =>
      `container ${container} of ${object} waits ${sleep} s before it stops, but is killed after ${grace} s`,
    hint: compileAgain,
    meaning: 'A pod that is killed while it waits has no time to end its calls.',
    example: {
      dist: {
        path: gateway,
        from: 'terminationGracePeriodSeconds: ',
        to: 'terminationGracePeriodSeconds: 1 #',
      },
    },
  }),
  'verify/workload-incomplete': define<{ object: string } & Unfit>({
    severity: 'error',
    fact: ({ object, ...unfit }) => `${object} is not as Fjord writes workloads: ${unfitText(unfit)}`,
    hint: compileAgain,
    meaning:
      'What a workload leaves out, Kubernetes chooses: an API token for every pod, as much memory as it wants, no health check.',
    example: {
      dist: { path, from: 'enableServiceLinks: false', to: 'enableServiceLinks: true' },
    },
  }),
  'verify/probe-of-no-port': define<{
    object: string;
    container: string;
    probe: string;
    port: number | string;
  }>({
    severity: 'error',
    fact: ({ object, container, probe, port }) =>
      `the ${probe} of container ${container} of ${object} asks port ${port}, which is not among its ports`,
    hint: compileAgain,
    meaning:
      'The probe never succeeds, so Kubernetes never calls the pod ready, or restarts it again and again.',
    example: {
      dist: {
        path,
        from: 'path: /_/health\n              port: 8080',
        to: 'path: /_/health\n              port: 8081',
      },
    },
  }),
  'verify/amount-impossible': define<{
    object: string;
    container: string;
    kind: 'requests' | 'limits';
    resource: string;
    amount: number | string;
  }>({
    severity: 'error',
    fact: ({ object, container, kind, resource, amount }) =>
      `${amount} in the ${kind} of container ${container} of ${object} is not an amount of ${resource}`,
    hint: compileAgain,
    meaning:
      'No machine has so much of it, or no program fits in so little. Usually the unit is that of another resource.',
    example: { dist: { path, from: 'cpu: "50m"', to: 'cpu: "50Mi"' } },
  }),
  'verify/volume-not-mounted': define<{ object: string; volume: string }>({
    severity: 'error',
    fact: ({ object, volume }) => `no container of ${object} mounts the volume ${volume}`,
    hint: compileAgain,
    meaning: 'The program does not find its configuration or its secrets, or cannot write where it must.',
    example: {
      dist: {
        path,
        from: 'volumes:\n        - name: temp',
        to: 'volumes:\n        - name: spare\n          emptyDir: {}\n        - name: temp',
      },
    },
  }),
  'verify/volume-writable': define<{ object: string; volume: string }>({
    severity: 'error',
    fact: ({ object, volume }) => `a container of ${object} could write to the volume ${volume}`,
    hint: compileAgain,
    meaning:
      'Only scratch space is for writing. An attacker who takes over the program could change its configuration or its secrets.',
    example: { dist: { path: gateway, from: '              readOnly: true\n', to: '' } },
  }),
  'verify/users-differ': define<{
    object: string;
    user: number | undefined;
    group: number | undefined;
    files: number | undefined;
  }>({
    severity: 'error',
    fact: ({ object, user = 'not set', group = 'not set', files = 'not set' }) =>
      `the user of ${object} is ${user}, its group ${group}, and its fsGroup ${files}; all must be equal`,
    hint: compileAgain,
    meaning:
      'What a pod writes would belong to a user or a group other than its own, so it could not read it again.',
    example: { dist: { path, from: 'runAsGroup: 12000', to: 'runAsGroup: 12001' } },
  }),
  'verify/labelled-otherwise': define<{ object: string; label: string | undefined }>({
    severity: 'error',
    fact: ({ object, label }) => `the label of ${object} is ${label ?? 'missing'}, but must be its name`,
    hint: compileAgain,
    meaning:
      'Services, policies and the provider find a workload by this label, so they would find another or none.',
    example: {
      dist: { path: gateway, from: '  labels:\n    app: gateway', to: '  labels:\n    app: other' },
    },
  }),
};
