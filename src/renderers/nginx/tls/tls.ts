import { directive, type Statement } from '../../../nginx/directive.ts';
import { endsAtBalancer } from '../../../platform/gateway/balancer.ts';
import type { Node } from '../../../platform/nodes/node.ts';
import { operatingSystems } from '../../../platform/nodes/operating-systems.ts';
import { certificateKeyOf, certificateOf } from '../../../platform/nodes/places.ts';
import type { Platform } from '../../../platform/platform.ts';
import { listenOn } from '../listen.ts';

/** The six suites of Mozilla's "intermediate" guideline 6.0 (2026-04). "modern" has no list: it only has TLS 1.3. */
const ciphers = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/**
 * `listen` for port 443, in a form that the nginx of every node reads.
 *
 * @param isDefault true for the server of all unknown names, which also opens the QUIC socket
 */
export function listenTls(platform: Platform, isDefault: boolean): Statement[] {
  const { gateway } = platform;
  if (endsAtBalancer(gateway)) return listenOn(platform, 80);
  const asDirective = gateway.features.http2 === 'directive';
  const words = [
    'ssl',
    ...(asDirective ? [] : ['http2']),
    ...(isDefault ? ['default_server', backlog(platform)] : []),
  ];
  const quic = ['quic', ...(isDefault ? ['reuseport', 'default_server'] : [])];
  return [
    ...listenOn(platform, 443, ...words),
    ...(gateway.tls.http3 ? listenOn(platform, 443, ...quic) : []),
    ...(asDirective ? [directive('http2', 'on')] : []),
  ];
}

/** The certificate of a domain; none if a load balancer has it. */
export function certificateSettings(platform: Platform, domain: string): Statement[] {
  if (endsAtBalancer(platform.gateway)) return [];
  return [
    directive('ssl_certificate', certificateOf(domain)),
    directive('ssl_certificate_key', certificateKeyOf(domain)),
    ...tlsSettings(platform),
  ];
}

/** Protocols and session settings. The catch-all server needs the same, because handshakes begin there. */
export function tlsSettings({ gateway }: Platform): Statement[] {
  const { features, tls } = gateway;
  const intermediate = tls.profile === 'intermediate';
  return [
    directive('ssl_protocols', ...(intermediate ? ['TLSv1.2'] : []), 'TLSv1.3'),
    ...(intermediate ? [directive('ssl_ciphers', ciphers.join(':'))] : []),
    directive('ssl_prefer_server_ciphers', 'off'),
    directive(
      'ssl_ecdh_curve',
      `${features.postQuantumCurves ? 'X25519MLKEM768:' : ''}X25519:prime256v1:secp384r1`,
    ),
    directive('ssl_session_timeout', '1d'),
    directive('ssl_session_cache', 'shared:openfaas_tls:10m'),
    ...(features.rotatesTicketKeys ? [] : [directive('ssl_session_tickets', 'off')]),
  ];
}

/**
 * `backlog=4096`: the number of connections that may wait to be accepted, as many as every node's kernel allows. nginx's
 * default is 511. Under load the kernel would drop the others, and clients would retry after 1, 3 and 7 seconds.
 */
export function backlog({ nodes }: Platform): string {
  return `backlog=${Math.min(...nodes.filter(({ nginx }) => nginx).map(somaxconn))}`;
}

function somaxconn({ os, sysctls }: Node): number {
  const key = 'net.core.somaxconn';
  const set = Number(sysctls.find((sysctl) => sysctl.key === key)?.value);
  return Number.isInteger(set) && set > 0 ? set : Number(operatingSystems[os].sysctlDefaults[key]);
}
