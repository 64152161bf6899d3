import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Platform } from '../platform.ts';
import { challengeAddresses } from './challenges.ts';

/** Reports what cannot be together with the PROXY protocol. */
export function diagnoseProxyProtocol(platform: Platform, { gateway = {} }: PlatformConfig): Diagnostic[] {
  const { trustedProxies } = gateway;
  if (typeof trustedProxies !== 'object' || trustedProxies.proxyProtocol !== true) return [];
  const path = ['gateway', 'trustedProxies'];
  return [
    ...(trustedProxies.header === undefined
      ? []
      : [report('resolve/proxy-named-twice', [...path, 'header'], undefined, { at: 'key' })]),
    ...(platform.gateway.tls.http3
      ? [report('resolve/proxy-protocol-http3', ['gateway', 'tls', 'http3'], undefined)]
      : []),
    ...(challengeAddresses(platform).length === 0
      ? []
      : [report('resolve/proxy-protocol-challenges', [...path, 'proxyProtocol'], undefined)]),
  ];
}
