import type { PlatformConfig } from '../config/platform-config.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { addressAt, offsetIn, parseCidr } from '../units/cidr.ts';
import type { OpenFaas, OpenFaasImages } from './openfaas.ts';
import { defaultServiceCidr } from './resolve-k3s.ts';

/** The community edition's images, as its chart 15.0.6 pins them. */
const defaultImages: OpenFaasImages = {
  gateway: 'ghcr.io/openfaas/gateway:0.27.13',
  provider: 'ghcr.io/openfaas/faas-netes:0.18.17',
  queueWorker: 'ghcr.io/openfaas/queue-worker:0.14.2',
  nats: 'docker.io/library/nats-streaming:0.25.6',
  prometheus: 'docker.io/prom/prometheus:v3.11.3',
  alertmanager: 'docker.io/prom/alertmanager:v0.32.1',
};

/** Where in the Service range the gateway stands when nothing else is said. */
const gatewayOffset = 80;
/** Where K3s puts the cluster's DNS: `cluster-dns` is the tenth address. */
const dnsOffset = 10;

/** The runtime with its defaults, and whether its fixed address can be had. */
export function resolveOpenFaas(config: PlatformConfig): readonly [OpenFaas, Diagnostic[]] {
  const written = config.openfaas ?? {};
  const range = parseCidr(config.k3s?.serviceCidr ?? defaultServiceCidr);
  const diagnostics: Diagnostic[] = [];
  const openfaas: OpenFaas = {
    edition: 'community',
    namespace: 'openfaas',
    functionNamespace: 'openfaas-fn',
    address: written.address ?? addressAt(range, gatewayOffset),
    port: 8080,
    async: written.async ?? true,
    autoscaling: written.autoscaling ?? true,
    images: { ...defaultImages, ...written.images },
  };

  if (written.licence === undefined) {
    diagnostics.push(report('resolve/community-licence', ['openfaas', 'licence'], undefined));
  }

  const path = ['openfaas', 'address'];
  const params = { address: openfaas.address, range: range.cidr };
  const offset = offsetIn(range, openfaas.address);
  if (offset === undefined) {
    diagnostics.push(
      report('resolve/address-outside-service-range', path, {
        ...params,
        suggestion: addressAt(range, gatewayOffset),
      }),
    );
  } else if (offset < 2 || offset === dnsOffset) {
    const owner = offset === dnsOffset ? "the cluster's DNS" : 'the Kubernetes API';
    diagnostics.push(report('resolve/address-taken', path, { ...params, owner }));
  } else if (offset > staticBand(range.size)) {
    const last = addressAt(range, staticBand(range.size));
    diagnostics.push(report('resolve/address-not-static', path, { ...params, last }));
  }
  return [openfaas, diagnostics];
}

/**
 * How many addresses at the start of a Service range Kubernetes keeps for fixed addresses as long as it can:
 * min(max(16, size / 16), 256). Source: kubernetes.io, "Service ClusterIP allocation".
 */
function staticBand(size: number): number {
  return Math.min(Math.max(16, Math.floor(size / 16)), 256);
}
