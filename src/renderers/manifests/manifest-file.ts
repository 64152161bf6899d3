import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Artifact } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { ConfigPath } from '../../diagnostics/diagnostic.ts';
import type { RenderInput } from '../renderer.ts';

/** One file of manifests, and the part of the config that it is made from. */
export interface Concern {
  readonly file: string;
  readonly source: ConfigPath;
  /** Objects that come first, a few of many: each is made from nothing but its own value. */
  readonly each?: readonly Part[];
  readonly build?: (scope: Construct) => void;
}

export interface Part {
  /** All that its objects are made from, as JSON can say it. */
  readonly of: unknown;
  readonly build: (scope: Construct) => void;
}

/** Renders a concern's objects as a file in a folder of `dist/`. */
export function manifestFile(
  folder: string,
  { file, source, each = [], build }: Concern,
  { marker, remember }: Pick<RenderInput, 'marker' | 'remember'>,
): Artifact {
  const texts = [
    ...each.flatMap((part) => remember(`${file} ${JSON.stringify(part.of)}`, () => printed(part.build))),
    ...(build ? printed(build) : []),
  ];
  return { path: `${folder}/${file}`, kind: 'manifest', text: `# ${marker}\n${texts.join('---\n')}`, source };
}

function printed(build: (scope: Construct) => void): string[] {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  const objects: unknown[] = chart.toJson();
  return objects.map((object) => printYaml(canonical(object)));
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
