import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Artifact } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { ConfigPath } from '../../diagnostics/diagnostic.ts';

/** One file of manifests, and the part of the config that it is made from. */
export interface Concern {
  readonly file: string;
  readonly source: ConfigPath;
  readonly build: (scope: Construct) => void;
}

/** Renders a concern's objects as a file in a folder of `dist/`. */
export function manifestFile(folder: string, { file, source, build }: Concern, marker: string): Artifact {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  const objects: unknown[] = chart.toJson();
  const text = objects.map((object) => printYaml(canonical(object))).join('---\n');
  return { path: `${folder}/${file}`, kind: 'manifest', text: `# ${marker}\n${text}`, source };
}

/** Keys that come first, as is usual in manifests; the others follow alphabetically. */
const first = ['apiVersion', 'kind', 'metadata', 'name'];

/**
 * Sorts a value's keys. cdk8s sorts them too, unless an environment variable disables that; the same config must give
 * the same bytes in every environment.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  );
}

function rank(key: string): number {
  const position = first.indexOf(key);
  return position === -1 ? first.length : position;
}
