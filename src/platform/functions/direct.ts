import { createHash } from 'node:crypto';
import type { FunctionConfig } from '../../config/functions/function.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { addressAt, checkedNetwork, type Network, sizeOf } from '../../units/network.ts';
import { defaultServiceCidr } from '../k3s/cluster-ranges.ts';
import { diagnoseFixedAddress, dnsOffset, gatewayOffset, staticBand } from '../k3s/fixed-addresses.ts';

/** How nginx reaches a function past the gateway. */
export interface Direct {
  readonly address: string;
  /** Percent of the requested processor time. */
  readonly targetCpu: number;
}

/** The address and target of a function that nginx calls directly; undefined for one that is called by the gateway. */
export function resolveDirect(
  name: string,
  { direct }: FunctionConfig,
  config: PlatformConfig,
): Direct | undefined {
  if (direct === undefined || direct === false) return undefined;
  const { address, targetCpu } = direct === true ? {} : direct;
  return { address: address ?? derivedAddress(name, rangeOf(config)), targetCpu: targetCpu ?? 70 };
}

/** Reports fixed addresses that are not available or are used twice. `gatewayAddress` is in use too. */
export function diagnoseDirect(
  functions: readonly { readonly name: string; readonly direct: Direct | undefined }[],
  config: PlatformConfig,
  gatewayAddress: string,
): Diagnostic[] {
  // Pro has no direct functions; `diagnoseEdition` reports them.
  if (config.openfaas?.edition === 'pro') return [];
  const range = rangeOf(config);
  const { clusterDns } = config.k3s ?? {};
  const owners = new Map([
    [gatewayAddress, 'the gateway'],
    ...(clusterDns === undefined ? [] : [[clusterDns, "the cluster's DNS"] as const]),
  ]);
  return functions.flatMap(({ name, direct }) => {
    if (direct === undefined) return [];
    const { address } = direct;
    const written = config.functions[name]?.direct;
    const isWritten = typeof written === 'object' && written.address !== undefined;
    const path = ['functions', name, 'direct', ...(isWritten ? ['address'] : [])];
    const other = owners.get(address);
    if (other !== undefined) {
      return [report('resolve/address-collision', path, { name, other, address })];
    }
    owners.set(address, `'${name}'`);
    const wrong = diagnoseFixedAddress(address, range, path, derivedAddress(name, range));
    return wrong.length > 0 ? wrong : [report('resolve/direct-gives-up', path, { name, address })];
  });
}

/**
 * An address that depends only on the name, so that adding or removing other functions does not change it. It is one of
 * those that Kubernetes leaves for fixed addresses, after the DNS's and not the gateway's usual one.
 */
function derivedAddress(name: string, range: Network): string {
  const first = dnsOffset + 1;
  const offsets = Array.from(
    { length: staticBand(sizeOf(range)) - first + 1 },
    (_, index) => first + index,
  ).filter((offset) => offset !== gatewayOffset && offset < sizeOf(range) - 1);
  const hash = createHash('sha256').update(name).digest().readUInt32BE();
  return addressAt(range, offsets[hash % offsets.length] ?? first);
}

function rangeOf(config: PlatformConfig): Network {
  return checkedNetwork(config.k3s?.serviceCidr ?? defaultServiceCidr);
}
