import { Alertmanager } from '../../constructs/openfaas/alertmanager.ts';
import { OpenFaasChart } from '../../constructs/openfaas/chart.ts';
import { Gateway } from '../../constructs/openfaas/gateway.ts';
import { Nats } from '../../constructs/openfaas/nats.ts';
import { Prometheus } from '../../constructs/openfaas/prometheus.ts';
import { isQueueWatched } from '../../platform/alerts/queue.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Concern } from './manifest-file.ts';

const source = ['openfaas'];

/** OpenFaaS itself: our own manifests for its parts, or its chart. */
export function openfaasConcerns(platform: Platform): Concern[] {
  const { openfaas, timeouts } = platform;
  if (openfaas.install === 'native') return partsConcerns(platform);
  return [
    {
      file: '20-openfaas.yaml',
      source,
      build: (scope) => new OpenFaasChart(scope, 'openfaas', { openfaas, timeouts }),
    },
  ];
}

function partsConcerns(platform: Platform): Concern[] {
  const { openfaas, functions, timeouts } = platform;
  const alertmanager: Concern = {
    file: '30-alertmanager.yaml',
    source: ['openfaas', 'autoscaling'],
    build: (scope) => new Alertmanager(scope, 'alertmanager', { openfaas }),
  };
  const nats: Concern = {
    file: '40-nats.yaml',
    source: ['openfaas', 'async'],
    build: (scope) => new Nats(scope, 'nats', { openfaas, timeouts, monitored: isQueueWatched(platform) }),
  };
  return [
    {
      file: '20-prometheus.yaml',
      source,
      build: (scope) => new Prometheus(scope, 'prometheus', { openfaas, functions }),
    },
    ...(openfaas.autoscaling ? [alertmanager] : []),
    ...(openfaas.async ? [nats] : []),
    {
      file: '50-gateway.yaml',
      source,
      build: (scope) => new Gateway(scope, 'gateway', { openfaas, timeouts }),
    },
  ];
}
