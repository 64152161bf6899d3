import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Artifact } from '../../artifacts/artifact.ts';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { ConfigPath } from '../../diagnostics/diagnostic.ts';
import { canonical } from './canonical.ts';

/** One file of manifests: a concern, and where in the config it comes from. */
export interface Concern {
  readonly file: string;
  readonly source: ConfigPath;
  readonly build: (scope: Construct) => void;
}

/** The concern's objects as a file of a folder of `dist/`. */
export function manifestFile(folder: string, { file, source, build }: Concern, marker: string): Artifact {
  const chart = new Chart(new App(), 'chart');
  build(chart);
  const objects: unknown[] = chart.toJson();
  const text = objects.map((object) => printYaml(canonical(object))).join('---\n');
  return { path: `${folder}/${file}`, kind: 'manifest', text: `# ${marker}\n${text}`, source };
}
