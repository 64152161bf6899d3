import type { ConfigPath } from '../../../diagnostics/diagnostic.ts';
import type { ForeignKey } from './foreign-key.ts';
import { foreignFunctionKeys } from './functions.ts';
import { foreignGatewayKeys } from './gateway.ts';
import { foreignK3sKeys } from './k3s.ts';
import { foreignKernelKeys, sysctlOutside } from './kernel.ts';
import { foreignNginxKeys, nginxDirective } from './nginx.ts';
import { foreignNodeKeys } from './nodes.ts';
import { foreignOpenfaasKeys } from './openfaas.ts';
import { foreignSovereigntyKeys } from './sovereignty.ts';
import { foreignTopKeys } from './top.ts';

/**
 * Keys that people bring from other tools or older recipes, with a better answer than "unknown". A row's
 * name is the key itself, wherever it is, or its whole path with `*` for the names that users choose:
 * `directFunctions`, `openfaas.serviceType`, `functions.*.labels`. A path goes before a bare key.
 */
export const foreignKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignFunctionKeys,
  ...foreignK3sKeys,
  ...foreignOpenfaasKeys,
  ...foreignNodeKeys,
  ...foreignGatewayKeys,
  ...foreignKernelKeys,
  ...foreignSovereigntyKeys,
  ...foreignNginxKeys,
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
  return Object.hasOwn(rows, key) ? rows[key] : (sysctlOutside(path) ?? nginxDirective(key));
}

function matches(path: ConfigPath, pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length && pattern.every((part, index) => part === '*' || part === path[index])
  );
}
