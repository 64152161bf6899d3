import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

const form = /AGE-SECRET-KEY-|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;

/** What follows the host of an address is what the target knows its sender by. */
const address = /^\w+:\/\/[^/]*\/./;

/** True for the address of a node's proxy. */
function isProxyUrl([nodes, , proxy, url, ...below]: ConfigPath): boolean {
  return nodes === 'nodes' && proxy === 'proxy' && url === 'url' && below.length === 0;
}

/**
 * Reports private keys among the settings of backups, age's own anywhere, logins at registries and proxies, and whole
 * addresses among those of alerts. It checks nothing else, so that no other check quotes them.
 */
export function checkPrivateKeys(data: unknown): readonly Diagnostic[] {
  return search(data, []);
}

/** True for K3s' own form of a login at a registry. */
function isLogin([k3s, registries, configs, , auth, ...below]: ConfigPath): boolean {
  return (
    k3s === 'k3s' &&
    registries === 'registries' &&
    configs === 'configs' &&
    auth === 'auth' &&
    below.length === 0
  );
}

function search(value: unknown, path: ConfigPath): Diagnostic[] {
  if (typeof value === 'string') {
    if (isProxyUrl(path) && value.includes('@')) {
      const instead =
        'write the address alone, and let the proxy know this machine by its address, without a password';
      return [report('check/password-in-config', path, { key: 'url', value: undefined, instead })];
    }
    const found = form.test(value) && (path[0] === 'backups' || /AGE-SECRET-KEY-/i.test(value));
    if (path[0] === 'alerts' && address.test(value)) {
      return [report('check/alert-address-in-config', path, undefined)];
    }
    return found ? [report('check/private-key-in-config', path, undefined)] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (isLogin(path)) {
    const instead =
      "write auth: 'file'; fjord user-data asks for user and password, or put them into the node's file";
    return [report('check/password-in-config', path, { key: 'auth', value: undefined, instead })];
  }
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, part]) => search(part, [...path, key]));
}
