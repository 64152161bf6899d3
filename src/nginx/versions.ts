import type { Context } from './directive-table.ts';

/** The first nginx version with a directive, with one of its arguments, or that allows it in a context. */
export interface Since {
  readonly directive: string;
  /** This argument only. */
  readonly argument?: string;
  /** In this context only. */
  readonly context?: Context;
  readonly since: string;
}

/**
 * Everything newer than 1.22.1, the oldest nginx that we support. Sources: nginx's CHANGES under each version, and nginx
 * 1.22.1, which reports "unknown directive" for entries without an argument or context.
 */
export const since: readonly Since[] = [
  { directive: 'add_header_inherit', since: '1.29.3' },
  { directive: 'add_trailer_inherit', since: '1.29.3' },
  { directive: 'early_hints', since: '1.29.0' },
  { directive: 'http2', since: '1.25.1' },
  { directive: 'http3', since: '1.25.0' },
  { directive: 'http3_hq', since: '1.25.0' },
  { directive: 'http3_max_concurrent_streams', since: '1.25.0' },
  { directive: 'http3_stream_buffer_size', since: '1.25.0' },
  { directive: 'keepalive', argument: 'local', since: '1.29.7' },
  { directive: 'keepalive_min_timeout', since: '1.27.4' },
  { directive: 'listen', argument: 'quic', since: '1.25.0' },
  { directive: 'max_headers', since: '1.29.8' },
  { directive: 'proxy_http_version', argument: '2', since: '1.29.4' },
  { directive: 'proxy_pass_trailers', since: '1.27.2' },
  { directive: 'proxy_ssl_certificate_cache', since: '1.27.4' },
  { directive: 'quic_active_connection_id_limit', since: '1.25.0' },
  { directive: 'quic_bpf', since: '1.25.0' },
  { directive: 'quic_gso', since: '1.25.0' },
  { directive: 'quic_host_key', since: '1.25.0' },
  { directive: 'quic_retry', since: '1.25.0' },
  { directive: 'resolver', context: 'upstream', since: '1.27.3' },
  { directive: 'resolver_timeout', context: 'upstream', since: '1.27.3' },
  { directive: 'server', argument: 'resolve', context: 'upstream', since: '1.27.3' },
  { directive: 'ssl_certificate_cache', since: '1.27.4' },
  { directive: 'ssl_certificate_compression', since: '1.29.1' },
  { directive: 'ssl_ech_file', since: '1.29.4' },
  { directive: 'ssl_object_cache_inheritable', since: '1.27.4' },
  { directive: 'sticky', since: '1.29.6' },
];

/** The version from which nginx warns about an argument, and the replacement. Source: nginx's CHANGES. */
export const until: readonly { directive: string; argument: string; until: string; instead: string }[] = [
  { directive: 'listen', argument: 'http2', until: '1.25.1', instead: 'http2 on' },
];

/** True if a version like `1.22.1` is `first` or later. */
export function atLeast(version: string, first: string): boolean {
  const ours = version.split('.').map(Number);
  const theirs = first.split('.').map(Number);
  for (const [index, number] of theirs.entries()) {
    const difference = (ours[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
