import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { addressAt, type Network, offsetIn, printNetwork, sizeOf } from '../../units/network.ts';

/** The gateway's default place in the Service range. */
export const gatewayOffset = 80;
/** Where K3s puts the cluster's DNS: `cluster-dns` is the tenth address. */
export const dnsOffset = 10;

/** Reports an address that a Service of this range cannot have. `suggestion` is one that it could have. */
export function diagnoseFixedAddress(
  address: string,
  range: Network,
  path: ConfigPath,
  suggestion: string,
): Diagnostic[] {
  const params = { address, range: printNetwork(range) };
  const offset = offsetIn(range, address);
  if (offset === undefined) {
    return [report('resolve/address-outside-service-range', path, { ...params, suggestion })];
  }
  if (offset < 2 || offset === dnsOffset) {
    const owner = offset === dnsOffset ? "the cluster's DNS" : 'the Kubernetes API';
    return [report('resolve/address-taken', path, { ...params, owner })];
  }
  if (offset <= staticBand(sizeOf(range))) return [];
  const last = addressAt(range, staticBand(sizeOf(range)));
  return [report('resolve/address-not-static', path, { ...params, last })];
}

/**
 * How many addresses at the start of a Service range Kubernetes keeps for fixed addresses as long as it can:
 * min(max(16, size / 16), 256). Source: kubernetes.io, "Service ClusterIP allocation".
 */
export function staticBand(size: number): number {
  return Math.min(Math.max(16, Math.floor(size / 16)), 256);
}
