/** What a linter finds and we leave as it is, with the reason. */
export interface AcceptedFinding {
  /** kube-score's name of the check. */
  readonly check: string;
  /** The objects that it is accepted of, as `kind namespace/name`. */
  readonly of: RegExp;
  /** Only where OpenFaaS comes by its chart, whose pods no manifest has. */
  readonly ofChart?: true;
  readonly because: string;
}

const functions = /^Deployment openfaas-fn\//;
const parts = /^Deployment openfaas\/(alertmanager|gateway|nats|prometheus|queue-worker)$/;
const schedules = /^CronJob openfaas\//;

/** Every finding of kube-score that is not mended. A test fails for another one, and for a line without a finding. */
export const acceptedFindings: readonly AcceptedFinding[] = [
  {
    check: 'container-image-pull-policy',
    of: anyOf(functions, parts, schedules),
    because:
      'images have a version or a digest; with Always a copy could not start while its registry is away, and a hot function must',
  },
  {
    check: 'container-resources',
    of: anyOf(functions, parts, schedules),
    because:
      'it asks for a processor limit, which slows a copy down while processors are idle; requests share them fairly, and a function can have a limit',
  },
  {
    check: 'container-security-context-user-group-id',
    of: /^Deployment openfaas\/gateway$/,
    because: "user 100 is the one that the gateway's and provider's images are made for",
  },
  {
    check: 'container-security-context-user-group-id',
    of: /^Deployment openfaas-fn\/java-tax$/,
    because: 'its runAsUser says so',
  },
  {
    check: 'container-security-context-readonlyrootfilesystem',
    of: functions,
    because: 'its readOnlyRootFilesystem says so',
  },
  {
    check: 'pod-probes-identical',
    of: functions,
    because: "a function answers one path, by its contract; a slow start is the startup probe's",
  },
  {
    check: 'pod-probes-identical',
    of: /^Deployment openfaas\/nats$/,
    because: 'its port is all that NATS Streaming shows of itself',
  },
  {
    check: 'deployment-replicas',
    of: parts,
    because:
      'one of each is what the community edition is: the queue is in memory, the alerts must not come twice',
  },
  {
    check: 'deployment-replicas',
    of: functions,
    because: "how many copies run is replicas.min's to say, and then the load's",
  },
  {
    check: 'horizontalpodautoscaler-replicas',
    of: /^HorizontalPodAutoscaler openfaas-fn\//,
    because: "how many copies run is replicas.min's to say, and then the load's",
  },
  {
    check: 'deployment-has-poddisruptionbudget',
    of: functions,
    because:
      'found of functions with replicas.min 1, where a budget would keep a node from ever being drained',
  },
  {
    check: 'deployment-has-host-podantiaffinity',
    of: functions,
    because: 'copies are spread by topologySpreadConstraints where there are several nodes',
  },
  {
    check: 'deployment-strategy',
    of: /^Deployment openfaas\/prometheus$/,
    because: 'two at once would write to one store',
  },
  {
    check: 'networkpolicy-targets-pod',
    of: /^NetworkPolicy (openfaas\/(default|gateway|gateway-from-schedule)|openfaas-fn\/.+)$/,
    ofChart: true,
    because: "the pods are the chart's, or those that Pro's operator makes",
  },
  {
    check: 'service-targets-pod',
    of: /^Service openfaas\/gateway-address$/,
    ofChart: true,
    because: "the pods are the chart's",
  },
  ...[
    'container-image-pull-policy',
    'container-resources',
    'deployment-replicas',
    'deployment-strategy',
    'pod-probes',
  ].map((check) => ({
    check,
    of: /^Deployment cache\/redis$/,
    because: "it is an object of the user's own, and a choice that harms nobody else",
  })),
];

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'));
}
