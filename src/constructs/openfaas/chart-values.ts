import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import type { Timeouts } from '../../platform/openfaas/timeouts.ts';
import { formatDuration } from '../../units/amounts.ts';

/** The chart's values: what makes it safe, then what the edition needs. The chart does not refuse unknown ones. */
export function chartValues(openfaas: OpenFaas, timeouts: Timeouts): Record<string, unknown> {
  const shared = {
    functionNamespace: openfaas.functionNamespace,
    async: openfaas.async,
    basic_auth: true,
    // The Secret is the node's or the operator's; the chart would make a new one at each install.
    generateBasicAuth: false,
    // A Service of another type than ClusterIP would be reachable past nginx, in plain HTTP.
    exposeServices: false,
    openfaasImagePullPolicy: 'IfNotPresent',
  };
  const gateway = {
    replicas: 1,
    upstreamTimeout: formatDuration(timeouts.upstream),
    readTimeout: formatDuration(timeouts.gateway),
    writeTimeout: formatDuration(timeouts.gateway),
  };
  const faasnetes = {
    readTimeout: formatDuration(timeouts.gateway),
    writeTimeout: formatDuration(timeouts.gateway),
  };
  return openfaas.edition === 'pro'
    ? { ...shared, ...proValues(openfaas), gateway, faasnetes }
    : { ...shared, ...communityValues(openfaas, timeouts, gateway, faasnetes) };
}

type Values = Readonly<Record<string, unknown>>;

function communityValues(
  { images, async, autoscaling }: OpenFaas,
  timeouts: Timeouts,
  gateway: Values,
  faasnetes: Values,
): Values {
  return {
    openfaasPro: false,
    clusterRole: false,
    // Nothing in this edition reads them.
    createCRDs: false,
    gateway: { ...gateway, image: images.gateway },
    faasnetes: { ...faasnetes, image: images.provider },
    functions: { setNonRootUser: true },
    prometheus: { image: images.prometheus },
    alertmanager: { create: autoscaling, ...(autoscaling && { image: images.alertmanager }) },
    ...(async && {
      stan: { image: images.nats },
      // A call that takes longer than this is delivered, and so made, again.
      queueWorker: { image: images.queueWorker, ackWait: formatDuration(timeouts.nginx) },
    }),
  };
}

/** The number that the chart's documentation gives to every part but Prometheus, and Prometheus' own image's. */
const users = { part: 10_001, prometheus: 65_534 };

function proValues({ autoscaling }: OpenFaas): Values {
  return {
    openfaasPro: true,
    // For processor and memory use of functions, which the autoscaler goes by.
    clusterRole: true,
    createCRDs: true,
    // Functions are `Function` resources.
    operator: { create: true },
    autoscaler: { enabled: autoscaling },
    dashboard: { enabled: false },
    functions: { setNonRootUser: true, imagePullPolicy: 'IfNotPresent' },
    securityContext: { ...lockedDown(users.part), readOnlyRootFilesystem: true },
    prometheus: {
      fsGroup: users.prometheus,
      securityContext: { ...lockedDown(users.prometheus), readOnlyRootFilesystem: false },
    },
  };
}

function lockedDown(user: number): Values {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
