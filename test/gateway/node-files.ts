import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { readApplyScript } from '../../src/verify/read/apply-script.ts';

/** A file on a node. */
export interface NodeFile {
  readonly path: string;
  /** As for chmod, in octal digits. */
  readonly permissions: string;
  readonly text: string;
}

/** systemd is not there in a node's bare file system: it reloads and restarts nginx for real, the rest is taken as done. */
const systemctl = readFileSync(join(import.meta.dirname, '../conformance/fakes/systemctl'), 'utf8');

/** What the first node with nginx of a platform gets, as its apply.sh carries it, byte for byte. */
export function compiledNodeFiles(config: PlatformConfig): NodeFile[] {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  const script = artifacts.find(
    ({ path, text }) => path.endsWith('/apply.sh') && text.includes(' /etc/nginx/nginx.conf <<'),
  );
  if (hasErrors(diagnostics) || script === undefined) {
    throw new Error(`does not compile: ${JSON.stringify(diagnostics, undefined, 2)}`);
  }
  return [...nodeFilesOf(script.text), { path: '/opt/node/systemctl', permissions: '0755', text: systemctl }];
}

/** What each node of a platform gets, by its name. */
export function filesByNode(config: PlatformConfig): ReadonlyMap<string, readonly NodeFile[]> {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  if (hasErrors(diagnostics))
    throw new Error(`does not compile: ${JSON.stringify(diagnostics, undefined, 2)}`);
  return new Map(
    artifacts.flatMap(({ path, text }) => {
      const name = /^nodes\/(.+)\/apply\.sh$/.exec(path)?.[1];
      return name === undefined ? [] : [[name, nodeFilesOf(text)] as const];
    }),
  );
}

/** The files that an apply.sh carries. */
export function nodeFilesOf(script: string): NodeFile[] {
  return [...readApplyScript(script).files].map(([path, file]) => ({ path, ...file }));
}

/** The first name that a conf serves. */
export function domainOf(files: readonly NodeFile[]): string {
  const names = [...confOf(files).matchAll(/^\s*server_name (\S+);$/gm)].map(([, name]) => name);
  const domain = names.find((name) => name !== '_');
  if (domain === undefined) throw new Error('no conf names a server');
  return domain;
}

/** Everything that nginx reads. */
export function confOf(files: readonly NodeFile[]): string {
  return files
    .filter(({ path }) => path.startsWith('/etc/nginx/'))
    .map(({ text }) => text)
    .join('\n');
}
