import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

const form = /AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;

/** What follows the host of an address is what the target knows its sender by. */
const address = /^\w+:\/\/[^/]*\/./;

/**
 * Reports private keys among the settings of backups, age's own anywhere, and whole addresses among those of alerts. It
 * checks nothing else, so that no other check quotes them.
 */
export function checkPrivateKeys(data: unknown): readonly Diagnostic[] {
  return search(data, []);
}

function search(value: unknown, path: ConfigPath): Diagnostic[] {
  if (typeof value === 'string') {
    const found = form.test(value) && (path[0] === 'backups' || /AGE-SECRET-KEY-/i.test(value));
    if (path[0] === 'alerts' && address.test(value)) {
      return [report('check/alert-address-in-config', path, undefined)];
    }
    return found ? [report('check/private-key-in-config', path, undefined)] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, part]) => search(part, [...path, key]));
}
