import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { addressAt, checkedNetwork } from '../../units/network.ts';
import { defaultServiceCidr } from '../k3s/cluster-ranges.ts';
import { diagnoseFixedAddress, gatewayOffset } from '../k3s/fixed-addresses.ts';
import { diagnoseCallbackNetworks, resolveCallbackEgress } from './callback-egress.ts';
import { diagnoseEdition } from './editions.ts';
import type { OpenFaas, OpenFaasImages } from './openfaas.ts';
import { ports } from './ports.ts';

/** The community edition's images, as its chart 15.0.6 pins them, and what calls functions by the clock. */
const defaultImages: OpenFaasImages = {
  gateway: 'ghcr.io/openfaas/gateway:0.27.13',
  provider: 'ghcr.io/openfaas/faas-netes:0.18.17',
  queueWorker: 'ghcr.io/openfaas/queue-worker:0.14.2',
  nats: 'docker.io/library/nats-streaming:0.25.6',
  prometheus: 'docker.io/prom/prometheus:v3.11.3',
  alertmanager: 'docker.io/prom/alertmanager:v0.32.1',
  curl: 'docker.io/curlimages/curl:8.16.0',
};

/** True if calls of the function, or calls that it makes, may go through the queue. */
function usesQueue({ async, schedule, calls = [] }: FunctionConfig): boolean {
  return async === true || schedule !== undefined || calls.length > 0;
}

/** Resolves the runtime, and reports a fixed address that it cannot have. */
export function resolveOpenFaas(config: PlatformConfig): readonly [OpenFaas, Diagnostic[]] {
  const written = config.openfaas ?? {};
  const edition = written.edition ?? 'community';
  const range = checkedNetwork(config.k3s?.serviceCidr ?? defaultServiceCidr);
  const diagnostics: Diagnostic[] = [];
  const openfaas: OpenFaas = {
    edition,
    install: written.install ?? (edition === 'pro' ? 'helm' : 'native'),
    adminSecret: written.adminSecret ?? 'node',
    namespace: 'openfaas',
    functionNamespace: 'openfaas-fn',
    address: written.address ?? addressAt(range, gatewayOffset),
    port: ports.gateway,
    async: written.async ?? Object.values(config.functions).some(usesQueue),
    callbackEgress: resolveCallbackEgress(config),
    autoscaling: written.autoscaling ?? true,
    images: { ...defaultImages, ...written.images },
  };

  diagnostics.push(
    ...diagnoseEdition(config, openfaas),
    ...diagnoseCallbackNetworks(config, openfaas.install, openfaas.callbackEgress),
  );

  const suggestion = addressAt(range, gatewayOffset);
  diagnostics.push(...diagnoseFixedAddress(openfaas.address, range, ['openfaas', 'address'], suggestion));
  return [openfaas, diagnostics];
}
