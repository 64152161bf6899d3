import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** The records whose keys become names in Kubernetes and in DNS, where `Pay`, `pay` and `PAY` would be the same name. */
const records = ['functions', 'nodes'];

/** Reports names of one record that become the same name in the form that Kubernetes wants. */
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
