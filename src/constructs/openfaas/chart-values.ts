import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import type { Timeouts } from '../../platform/openfaas/timeouts.ts';
import { formatDuration } from '../../units/amounts.ts';

/** The chart's values: what makes it safe, then what the edition needs. The chart does not refuse unknown ones. */
export function chartValues(openfaas: OpenFaas, timeouts: Timeouts): Record<string, unknown> {
  const shared = {
    functionNamespace: openfaas.functionNamespace,
    async: openfaas.async,
    basic_auth: true,
    // A node or the operator makes the Secret; the chart would make a new one at each install.
    generateBasicAuth: false,
    // Any Service type but ClusterIP would bypass nginx, in plain HTTP.
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
    // The community edition does not read them.
    createCRDs: false,
    gateway: { ...gateway, image: images.gateway },
    faasnetes: { ...faasnetes, image: images.provider },
    functions: { setNonRootUser: true },
    prometheus: { image: images.prometheus },
    alertmanager: { create: autoscaling, ...(autoscaling && { image: images.alertmanager }) },
    ...(async && {
      stan: { image: images.nats },
      // A call that takes longer is delivered again, so the function runs twice.
      queueWorker: { image: images.queueWorker, ackWait: formatDuration(timeouts.nginx) },
    }),
  };
}

/** Uids: for Prometheus that of its image, for all other parts the one in the chart's documentation. */
const users = { part: 10_001, prometheus: 65_534 };

function proValues({ autoscaling }: OpenFaas): Values {
  return {
    openfaasPro: true,
    // Needed to read functions' CPU and memory use, by which the autoscaler scales.
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
