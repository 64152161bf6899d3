import { block, directive, type Statement } from '../nginx/directive.ts';
import { operatingSystems } from '../platform/operating-systems.ts';
import type { Platform } from '../platform/platform.ts';

/** The first nginx with a directive http2; before it, http2 is a word of listen. */
const http2Directive = [1, 25, 1];

/** The six suites and the protocols of Mozilla's "intermediate" guideline 6.0 (2026-04). */
const protocols = ['TLSv1.2', 'TLSv1.3'];
const ciphers = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/** `listen` for port 443, on IPv4 and IPv6, in the form that every node's nginx reads. */
export function nginxListen(platform: Platform, ...options: readonly string[]): Statement[] {
  const directiveForm = platform.nodes.every((node) =>
    atLeast(operatingSystems[node.os].nginx, http2Directive),
  );
  const words = directiveForm ? ['ssl', ...options] : ['ssl', 'http2', ...options];
  return [
    directive('listen', '443', ...words),
    directive('listen', '[::]:443', ...words),
    ...(directiveForm ? [directive('http2', 'on')] : []),
  ];
}

/** Protocols and session settings. The catch-all server needs the same: handshakes begin in its name. */
export function nginxTls(platform: Platform): Statement[] {
  return [
    directive('ssl_protocols', ...protocols),
    directive('ssl_ciphers', ciphers.join(':')),
    directive('ssl_prefer_server_ciphers', 'off'),
    directive('ssl_ecdh_curve', 'X25519:prime256v1:secp384r1'),
    directive('ssl_session_timeout', '1d'),
    directive('ssl_session_cache', 'shared:openfaas_tls:10m'),
    // Until 1.23.2 the keys of tickets never change by themselves.
    ...(platform.nodes.every((node) => atLeast(operatingSystems[node.os].nginx, [1, 23, 2]))
      ? []
      : [directive('ssl_session_tickets', 'off')]),
  ];
}

/** Servers for every name that is not ours: they reveal neither a page nor a certificate. */
export function nginxCatchAll(platform: Platform): Statement[] {
  return [
    block(
      'server',
      [],
      [
        directive('listen', '80', 'default_server'),
        directive('listen', '[::]:80', 'default_server'),
        directive('server_name', '_'),
        directive('server_tokens', 'off'),
        directive('access_log', 'off'),
        directive('return', '444'),
      ],
    ),
    block(
      'server',
      [],
      [
        ...nginxListen(platform, 'default_server'),
        directive('server_name', '_'),
        directive('server_tokens', 'off'),
        directive('ssl_reject_handshake', 'on'),
        ...nginxTls(platform),
        directive('access_log', 'off'),
        block('location', ['/'], [directive('return', '421')]),
      ],
    ),
  ];
}

function atLeast(version: string, first: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const difference = first.map((part, index) => (numbers[index] ?? 0) - part).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}
