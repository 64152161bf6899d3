import type { GatewayConfig } from '../../config/gateway/gateway.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { expectedOf } from './header-values.ts';

type Written = NonNullable<GatewayConfig['headers']>;

/** A header that nginx adds to every answer without one of that name. */
export interface AnswerHeader {
  readonly name: string;
  readonly value: string;
}

/** Browsers take an answer for what its Content-Type says: a JSON answer is never run as a script. */
const defaults: Written = { 'X-Content-Type-Options': 'nosniff' };

/** Headers that nginx, HTTP or another key sets, by what to do instead. */
const elsewhere: readonly (readonly [names: RegExp, instead: string])[] = [
  [/^strict-transport-security$/, 'set gateway.tls.hsts instead'],
  [/^alt-svc$/, 'set gateway.tls.http3 instead'],
  [/^access-control-/, "set http.cors of the functions that other sites' pages may call"],
  [/^(retry-after|x-call-id)$/, 'remove it: nginx sends it with its own value'],
  [
    /^(cache-control|content-(type|encoding|language|location|disposition|range)|etag|expires|last-modified|location|pragma|set-cookie2?|vary|www-authenticate)$/,
    'remove it: only the function knows its value, and sends it itself',
  ],
  [
    /^(connection|content-length|date|keep-alive|proxy-.*|server|te|trailer|transfer-encoding|upgrade|x-accel-.*)$/,
    'remove it: it belongs to the connection, and the web server sets it',
  ],
];

/** The headers of answers, sorted by name. */
export function resolveHeaders(written: Written = {}): AnswerHeader[] {
  const names = new Set(Object.keys(written).map((name) => name.toLowerCase()));
  const kept = Object.entries(defaults).filter(([name]) => !names.has(name.toLowerCase()));
  return sortedEntries({ ...Object.fromEntries(kept), ...written }).flatMap(([name, value]) =>
    value === false ? [] : [{ name, value }],
  );
}

/** Reports headers that are set elsewhere, are there twice, or have a value that browsers ignore. */
export function diagnoseHeaders(written: Written = {}): Diagnostic[] {
  const first = new Map<string, string>();
  return sortedEntries(written).flatMap(([name, value]) => {
    const path: ConfigPath = ['gateway', 'headers', name];
    const lower = name.toLowerCase();
    const other = first.get(lower);
    first.set(lower, name);
    if (other !== undefined) return [report('resolve/header-twice', path, { name, other }, { at: 'key' })];
    const [, instead] = elsewhere.find(([names]) => names.test(lower)) ?? [];
    if (instead !== undefined) {
      return [report('resolve/header-set-elsewhere', path, { name, instead }, { at: 'key' })];
    }
    const expected = value === false ? undefined : expectedOf(lower, value);
    return expected === undefined
      ? []
      : [report('resolve/header-ignored', path, { name, value: String(value), expected })];
  });
}
