import type { ConfigPath } from '../../../diagnostics/diagnostic.ts';
import type { ForeignKey } from './foreign-key.ts';
import { foreignFunctionKeys } from './functions.ts';
import { foreignK3sKeys } from './k3s.ts';
import { foreignOpenfaasKeys } from './openfaas.ts';

/**
 * Keys that people bring from other tools or older recipes, with a better answer than "unknown". A row's
 * name is the key itself, wherever it is, or its whole path with `*` for the names that users choose:
 * `directFunctions`, `openfaas.serviceType`, `functions.*.labels`. A path goes before a bare key.
 */
export const foreignKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignFunctionKeys,
  ...foreignK3sKeys,
  ...foreignOpenfaasKeys,
};

const sysctl = "write kernel: { sysctl: { '…': … } }";

/** Keys at the top level that belong further down. A row's name is taken for a whole path. */
export const foreignTopKeys: Readonly<Record<string, ForeignKey>> = {
  sysctl: { code: 'check/foreign-key', instead: sysctl },
  sysctls: { code: 'check/foreign-key', instead: sysctl },
  provider: { code: 'check/foreign-key', instead: "write it on the node: nodes: { '…': { provider: '…' } }" },
  traefik: {
    code: 'check/foreign-key',
    instead: 'remove it; here K3s runs without traefik, and nginx is in front',
  },
  disable: {
    code: 'check/foreign-key',
    instead: 'remove it; traefik and servicelb are always off, but the other parts are needed',
  },
};

/** The row for a key at a path, if it is a foreign one. */
export function findForeignKey(
  path: ConfigPath,
  rows: Readonly<Record<string, ForeignKey>> = foreignKeys,
): ForeignKey | undefined {
  const whole = Object.keys(rows).find((name) => name.includes('.') && matches(path, name.split('.')));
  const key = String(path.at(-1));
  if (path.length === 1 && rows === foreignKeys && Object.hasOwn(foreignTopKeys, key))
    return foreignTopKeys[key];
  if (whole !== undefined) return rows[whole];
  return Object.hasOwn(rows, key) ? rows[key] : undefined;
}

function matches(path: ConfigPath, pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length && pattern.every((part, index) => part === '*' || part === path[index])
  );
}
