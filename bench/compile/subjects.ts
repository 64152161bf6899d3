import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Subject } from './run.ts';

const root = join(import.meta.dirname, '../..');

/** The package as `npm pack` makes it, installed in a directory of its own with all that it depends on. */
export interface Installed {
  readonly directory: string;
  /** Bytes of each package below its node_modules, by name. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Bytes and files of the package's archive. */
  readonly packed: { readonly bytes: number; readonly files: number };
}

export function install(directory: string): Installed {
  mkdirSync(directory, { recursive: true });
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', directory], {
      cwd: root,
      encoding: 'utf8',
    }).replace(/^[^[]*/, ''),
  )[0];
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: directory, stdio: 'ignore' });
  npm('init', '--yes');
  npm('install', '--no-audit', '--no-fund', join(directory, packed.filename));
  rmSync(join(directory, packed.filename));
  return {
    directory,
    sizes: sizesIn(join(directory, 'node_modules')),
    packed: { bytes: packed.size, files: packed.entryCount },
  };
}

function sizesIn(modules: string): Map<string, number> {
  const packages = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((below) => `${name}/${below}`) : [name],
  );
  return new Map(
    packages.filter((name) => !name.startsWith('.')).map((name) => [name, sizeOf(join(modules, name))]),
  );
}

function sizeOf(directory: string): number {
  return Number(execFileSync('du', ['-sb', directory], { encoding: 'utf8' }).split('\t')[0]);
}

/** The command of the installed package, in a directory below the one where it is installed. */
export function fjord({ directory }: Installed, cwd: string, cache: string, ...args: string[]): Subject {
  const file = join(directory, 'node_modules/fjord/lib/fjord.cjs');
  return { command: process.execPath, args: [file, ...args], cwd, env: { FJORD_CACHE_DIR: cache } };
}

/** Node itself, doing nothing. */
export const emptyNode: Subject = { command: process.execPath, args: ['-e', ''], cwd: '/' };

/** An object as a manifest has it. */
type KubernetesObject = { readonly metadata?: Readonly<Record<string, unknown>> } & Readonly<
  Record<string, unknown>
>;

/** All objects of a compiled platform's manifests, in their order. */
export function objectsOf(dist: string): KubernetesObject[] {
  const directory = join(dist, 'manifests');
  return readdirSync(directory)
    .filter((name) => /^\d/.test(name))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(directory, name), 'utf8')))
    .map((document) => document.toJS());
}

/**
 * Helm, rendering a chart of these objects: one template for each, with names, namespaces and labels by values and a named
 * template, as charts have them.
 */
export function helm(directory: string, objects: readonly KubernetesObject[]): Subject {
  const templates = join(directory, 'templates');
  mkdirSync(templates, { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(directory, path), text);
  write('Chart.yaml', stringify({ apiVersion: 'v2', name: 'platform', version: '1.0.0' }));
  write('values.yaml', stringify({ labels: { 'app.kubernetes.io/managed-by': 'helm' } }));
  write(
    'templates/_labels.tpl',
    '{{- define "platform.labels" -}}\n{{- range $key, $value := .Values.labels }}\n{{ $key }}: {{ $value | quote }}\n{{- end }}\n{{- end }}\n',
  );
  objects.forEach((object, index) => {
    const { metadata, ...rest } = object;
    // What a chart writes in braces is Go's, and these objects have braces of their own.
    const literal = (value: unknown) => stringify(value).replaceAll('{{', '{{ "{{" }}');
    const { labels: _, ...others } = metadata ?? {};
    const indented = literal(others).replace(/^(?=.)/gm, '  ');
    const labels = '  labels: {{- include "platform.labels" . | nindent 4 }}\n';
    write(
      `templates/${String(index).padStart(2, '0')}.yaml`,
      `${literal(rest)}metadata:\n${indented}${labels}`,
    );
  });
  return { command: 'helm', args: ['template', 'platform', directory], cwd: directory };
}

/** cdk8s-cli's version that is compared with. */
const cdk8sCli = '2.207.60';

/**
 * cdk8s, synthesizing these objects, with and without its command: an app that makes an ApiObject of each, and verifies
 * nothing.
 */
export function cdk8s(
  directory: string,
  objects: readonly KubernetesObject[],
): { readonly command: Subject; readonly bare: Subject } {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'objects.json'), JSON.stringify(objects));
  writeFileSync(
    join(directory, 'main.cjs'),
    `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'platform');
require('./objects.json').forEach((object, index) => new ApiObject(chart, 'object-' + index, object));
app.synth();
`,
  );
  const bare = { command: process.execPath, args: ['main.cjs'], cwd: directory };
  const cli = join(directory, '../node_modules/cdk8s-cli/bin/cdk8s');
  return {
    bare,
    command: { command: process.execPath, args: [cli, 'synth', '--app', 'node main.cjs'], cwd: directory },
  };
}

/** Installs what \`cdk8s\` needs in a directory above those of its apps, once. */
export function installCdk8s(directory: string): void {
  if (existsSync(join(directory, 'node_modules/cdk8s-cli'))) return;
  mkdirSync(directory, { recursive: true });
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = ['cdk8s', 'constructs'].map((name) => `${name}@${devDependencies[name]}`);
  execFileSync('npm', ['init', '--yes'], { cwd: directory, stdio: 'ignore' });
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', `cdk8s-cli@${cdk8sCli}`, ...packages],
    {
      cwd: directory,
      stdio: 'ignore',
    },
  );
}
