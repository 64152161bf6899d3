import type { SchemaProblem } from '../diagnostics/schema-problem.ts';
import type { KubernetesObject, NetworkPolicyRule, Spec } from './object.ts';
import { podProblems, repeats } from './pod-rules.ts';

// By hand: what fields ask of each other is Go code in the API server, not in its schemas. `test/conformance/` compares with
// programs that have it.

type Rule = (object: KubernetesObject, spec: Spec) => SchemaProblem[];

/**
 * What an object's fields ask of each other, which no schema can say: each rule is one that the API server's own
 * validation has. The object's shape must have been found right before.
 */
export function kubernetesRules(object: KubernetesObject): SchemaProblem[] {
  return rules.flatMap((rule) => rule(object, object.spec ?? {}));
}

const workloads = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);
const jobs = new Set(['CronJob', 'Job']);
const clusterScoped = new Set(['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'PriorityClass']);
const mebibyte = 2 ** 20;

const rules: readonly Rule[] = [
  function noNamespace({ kind, metadata }) {
    if (!clusterScoped.has(kind) || metadata.namespace === undefined) return [];
    return [{ pointer: '/metadata/namespace', message: `a ${kind} has no namespace` }];
  },

  function annotationsSize({ metadata }) {
    const size = byteLength(metadata.annotations);
    if (size <= mebibyte / 4) return [];
    return [{ pointer: '/metadata/annotations', message: `annotations of ${size} bytes, 262144 at most` }];
  },

  function dataSize({ kind, data, stringData, binaryData }) {
    const size = byteLength(data) + byteLength(stringData) + byteLength(binaryData);
    if (!['ConfigMap', 'Secret'].includes(kind) || size <= mebibyte) return [];
    return [{ pointer: '', message: `a ${kind} of ${size} bytes, ${mebibyte} at most` }];
  },

  function dataKeys({ data = {}, binaryData = {} }) {
    return Object.keys(binaryData)
      .filter((key) => key in data)
      .map((key) => ({ pointer: `/binaryData/${key}`, message: `"data" has the key "${key}" too` }));
  },

  function selectorMatches({ kind }, { selector, template }) {
    if (!workloads.has(kind)) return [];
    const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
    if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
      return [{ pointer: '/spec/selector', message: 'must not be empty' }];
    }
    const labels = template?.metadata?.labels ?? {};
    return Object.entries(matchLabels)
      .filter(([key, value]) => labels[key] !== value)
      .map(([key, value]) => ({
        pointer: '/spec/selector/matchLabels',
        message: `the Pod template does not have the label ${key}: ${JSON.stringify(value)}`,
      }));
  },

  function updateStrategy({ kind }, spec) {
    const [key, strategy] =
      kind === 'Deployment' ? ['strategy', spec.strategy] : ['updateStrategy', spec.updateStrategy];
    const { type = 'RollingUpdate', rollingUpdate } = strategy ?? {};
    if (!rollingUpdate) return [];
    const pointer = `/spec/${key}/rollingUpdate`;
    if (type !== 'RollingUpdate') return [{ pointer, message: `has no meaning with the type ${type}` }];
    const { maxSurge = kind === 'DaemonSet' ? 0 : undefined, maxUnavailable } = rollingUpdate;
    if (kind === 'StatefulSet' || !isZero(maxSurge) || !isZero(maxUnavailable)) return [];
    return [{ pointer, message: '"maxSurge" and "maxUnavailable" must not both be 0' }];
  },

  function podTemplate({ kind }, spec) {
    const [template, at] =
      kind === 'CronJob'
        ? [spec.jobTemplate?.spec?.template, '/spec/jobTemplate/spec/template']
        : [spec.template, '/spec/template'];
    if (!template) return [];
    if (!template.spec) return [{ pointer: at, message: 'the key "spec" is missing' }];
    // A StatefulSet's claims are volumes of its Pods too.
    const claims = (spec.volumeClaimTemplates ?? []).flatMap(({ metadata }) => metadata?.name ?? []);
    return [
      ...podProblems(template.spec, `${at}/spec`, claims),
      ...restartProblems(kind, template.spec.restartPolicy, `${at}/spec`),
    ];
  },

  function servicePorts({ kind }, { type = 'ClusterIP', clusterIP, ports = [], ...spec }) {
    if (kind !== 'Service') return [];
    const exposed = type === 'NodePort' || type === 'LoadBalancer';
    const problems = [
      ...repeats(
        ports.map(({ name }, index) => ({ value: name, pointer: `/spec/ports/${index}/name` })),
        'another port is called',
      ),
      ...repeats(
        ports.map(({ port, protocol = 'TCP' }, index) => ({
          value: `${port}/${protocol}`,
          pointer: `/spec/ports/${index}`,
        })),
        'another port is',
      ),
    ];
    ports.forEach(({ name, nodePort }, index) => {
      const pointer = `/spec/ports/${index}`;
      if (name === undefined && ports.length > 1) {
        problems.push({ pointer, message: 'each of several ports needs a name' });
      }
      if (nodePort !== undefined && !exposed) {
        problems.push({ pointer: `${pointer}/nodePort`, message: `has no meaning with the type ${type}` });
      }
    });
    if (ports.length === 0 && type !== 'ExternalName' && clusterIP !== 'None') {
      problems.push({ pointer: '/spec', message: 'the key "ports" is missing' });
    }
    if (clusterIP === 'None' && exposed) {
      problems.push({ pointer: '/spec/clusterIP', message: `must not be "None" with the type ${type}` });
    }
    if (spec.externalTrafficPolicy && !exposed && !spec.externalIPs?.length) {
      problems.push({
        pointer: '/spec/externalTrafficPolicy',
        message: `has no meaning with the type ${type}`,
      });
    }
    return problems;
  },

  function disruptionBudget(_, { minAvailable, maxUnavailable }) {
    if (minAvailable === undefined || maxUnavailable === undefined) return [];
    return [{ pointer: '/spec', message: '"minAvailable" and "maxUnavailable" exclude each other' }];
  },

  function autoscaler(_, { minReplicas = 1, maxReplicas }) {
    if (maxReplicas === undefined || minReplicas <= maxReplicas) return [];
    return [{ pointer: '/spec/minReplicas', message: `${minReplicas} is above maxReplicas, ${maxReplicas}` }];
  },

  function networkPolicy({ kind }, { ingress = [], egress = [] }) {
    if (kind !== 'NetworkPolicy') return [];
    return [
      ...ingress.flatMap((rule, index) => trafficProblems(rule, `/spec/ingress/${index}`)),
      ...egress.flatMap((rule, index) => trafficProblems(rule, `/spec/egress/${index}`)),
    ];
  },

  function roleSubjects({ subjects = [] }) {
    return subjects.flatMap(({ kind, namespace, apiGroup = '' }, index) => {
      const pointer = `/subjects/${index}`;
      if (kind !== 'ServiceAccount') return [];
      if (apiGroup !== '')
        return [{ pointer: `${pointer}/apiGroup`, message: 'must be empty for a ServiceAccount' }];
      return namespace === undefined ? [{ pointer, message: 'the key "namespace" is missing' }] : [];
    });
  },
];

function restartProblems(kind: string, policy: string | undefined, at: string): SchemaProblem[] {
  const allowed = jobs.has(kind) ? ['Never', 'OnFailure'] : ['Always'];
  if (allowed.includes(policy ?? 'Always')) return [];
  const message = `must be ${allowed.join(' or ')} in a ${kind}`;
  return policy === undefined
    ? [{ pointer: at, message: `"restartPolicy" ${message}` }]
    : [{ pointer: `${at}/restartPolicy`, message: `${policy} ${message}` }];
}

function trafficProblems({ ports = [], from, to }: NetworkPolicyRule, at: string): SchemaProblem[] {
  const side = from ? 'from' : 'to';
  return [
    ...ports.flatMap(({ port, endPort }, index) => {
      if (endPort === undefined || (typeof port === 'number' && port <= endPort)) return [];
      return [
        {
          pointer: `${at}/ports/${index}/endPort`,
          message: `${endPort} needs a "port" by number, not above it`,
        },
      ];
    }),
    ...(from ?? to ?? []).flatMap((peer, index) => {
      const pointer = `${at}/${side}/${index}`;
      const keys = Object.keys(peer);
      if (keys.length === 0) return [{ pointer, message: 'an empty peer; leave the list out to allow all' }];
      if (!keys.includes('ipBlock') || keys.length === 1) return [];
      return [{ pointer, message: '"ipBlock" excludes selectors' }];
    }),
  ];
}

function isZero(value: number | string | undefined): boolean {
  return value === 0 || value === '0%';
}

function byteLength(record: Readonly<Record<string, string>> = {}): number {
  return Object.entries(record).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}
