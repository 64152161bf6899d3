import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { isPrivateNetwork, parseNetwork } from '../../units/network.ts';
import type { Gateway } from './gateway.ts';

/** True if a load balancer has the certificates and speaks plain HTTP to nginx. */
export function endsAtBalancer({ tls }: Pick<Gateway, 'tls'>): boolean {
  return tls.certificate.kind === 'load-balancer';
}

/** The ports on which nginx answers clients. */
export function webPorts(gateway: Pick<Gateway, 'tls'>): readonly number[] {
  return endsAtBalancer(gateway) ? [80] : [80, 443];
}

/** Keys of `tls` that are about certificates and handshakes, which the balancer then has. */
const ofNginx = ['issuer', 'directory', 'files', 'email', 'dns', 'profile', 'http3', 'clientCa'] as const;

/** Reports what cannot be together with a load balancer that ends TLS, and calls that go in the clear too far. */
export function diagnoseBalancer({ gateway = {}, sovereignty }: PlatformConfig): Diagnostic[] {
  const { tls = {}, trustedProxies, reachableFrom } = gateway;
  if (tls.endedBy !== 'load-balancer') return [];
  const path = ['gateway', 'tls'];
  const proxies = ['gateway', 'trustedProxies'];
  return [
    ...ofNginx
      .filter((key) => tls[key] !== undefined)
      .map((key) => report('resolve/tls-setting-unused', [...path, key], { key }, { at: 'key' })),
    ...(reachableFrom === 'anywhere'
      ? [report('resolve/clear-from-anywhere', ['gateway', 'reachableFrom'], undefined)]
      : []),
    ...(trustedProxies === undefined
      ? [report('resolve/balancer-unnamed', [...path, 'endedBy'], undefined)]
      : typeof trustedProxies === 'string'
        ? [report('resolve/cdn-in-the-clear', proxies, { cdn: trustedProxies })]
        : trustedProxies.networks.flatMap((network, index) =>
            isPublic(network)
              ? [
                  report(
                    sovereignty === undefined
                      ? 'resolve/calls-in-the-clear'
                      : 'resolve/personal-data-in-the-clear',
                    [...proxies, 'networks', index],
                    { network },
                  ),
                ]
              : [],
          )),
  ];
}

/** What is not a network, or is everybody's, has a code of its own. */
function isPublic(text: string): boolean {
  const network = parseNetwork(text);
  return network !== undefined && network.prefix > 0 && !isPrivateNetwork(network);
}
