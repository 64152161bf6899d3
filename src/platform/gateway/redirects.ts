import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** A domain of which every path leads to the same path of another. */
export interface Redirect {
  readonly from: string;
  readonly to: string;
}

export function resolveRedirects(written: Readonly<Record<string, string>> = {}): Redirect[] {
  return sortedEntries(written).map(([from, to]) => ({ from, to }));
}

/** Reports aliases and redirects whose name has another use, and redirects that lead out of the platform. */
export function diagnoseDomains({ domain, functions, gateway = {} }: PlatformConfig): Diagnostic[] {
  const { aliases = [], redirects = {} } = gateway;
  const owners = new Map([
    [domain, "the platform's own"],
    ...sortedEntries(functions).flatMap(([name, { http }]) =>
      (http?.domains ?? []).map((own): [string, string] => [own, `that of function '${name}'`]),
    ),
  ]);
  const taken = (
    wanted: string,
    place: string,
    key: string | number,
    others: ReadonlyMap<string, string>,
  ) => {
    const owner = others.get(wanted);
    if (owner === undefined) return [];
    const options = typeof key === 'string' ? ({ at: 'key' } as const) : {};
    return [report('resolve/http-name-taken', ['gateway', place, key], { wanted, owner }, options)];
  };
  const served = new Map([
    ...owners,
    ...aliases.map((alias): [string, string] => [alias, 'one of gateway.aliases']),
  ]);
  const targets = [...served.keys()].filter((name) => !name.startsWith('*.')).sort();
  return [
    ...aliases.flatMap((alias, index) => taken(alias, 'aliases', index, owners)),
    ...sortedEntries(redirects).flatMap(([from, to]) => [
      ...taken(from, 'redirects', from, served),
      ...(targets.includes(to)
        ? []
        : [report('resolve/redirect-elsewhere', ['gateway', 'redirects', from], { to, targets })]),
    ]),
  ];
}
