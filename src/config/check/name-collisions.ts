import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** The records whose keys become names in Kubernetes and in DNS, where `Pay`, `pay` and `PAY` cannot live together. */
const records = ['functions', 'nodes'];

/** Names of one record that are one name once they are written as Kubernetes wants them. */
export function checkNameCollisions(value: unknown): Diagnostic[] {
  if (typeof value !== 'object' || value === null) return [];
  return records.flatMap((record) => {
    const written = (value as Readonly<Record<string, unknown>>)[record];
    if (typeof written !== 'object' || written === null) return [];
    const first = new Map<string, string>();
    return Object.keys(written).flatMap((name) => {
      const other = first.get(asDnsLabel(name));
      if (other === undefined) first.set(asDnsLabel(name), name);
      return other === undefined
        ? []
        : [
            report(
              'check/names-collide',
              [record, name],
              { name, other, label: asDnsLabel(name) },
              { at: 'key' },
            ),
          ];
    });
  });
}

/** How people turn a name into a DNS label. */
function asDnsLabel(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
