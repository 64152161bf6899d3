import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { reservedPaths } from '../functions/http.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** Reports a path for health checks at which something else answers. */
export function diagnoseHealthPath({ gateway = {}, functions }: PlatformConfig): Diagnostic[] {
  const { healthPath: wanted } = gateway;
  if (wanted === undefined) return [];
  const path = ['gateway', 'healthPath'];
  const isBelow = (own: string) => wanted === own || wanted.startsWith(`${own}/`);
  const reserved = reservedPaths.find(isBelow);
  if (reserved !== undefined) return [report('resolve/http-path-reserved', path, { wanted, reserved })];
  const owner = sortedEntries(functions).find(([, { http }]) => (http?.paths ?? []).some(isBelow));
  return owner === undefined
    ? []
    : [report('resolve/http-name-taken', path, { wanted, owner: `that of function '${owner[0]}'` })];
}
