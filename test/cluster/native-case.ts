import { parseAllDocuments } from 'yaml';
import { compileConfig } from '../../src/compile.ts';
import { type Prepared, prepared } from '../../src/rehearse/prepared.ts';
import { cases } from '../cases/index.ts';

/** A case whose manifests need nothing but Kubernetes. */
export interface NativeCase {
  readonly name: string;
  readonly prepared: Prepared;
  /** The file that K3s applies on the first server. */
  readonly file: string;
  /** `Kind namespace/name` of each object. */
  readonly objects: readonly string[];
}

/** Cases that OpenFaaS' own chart installs, or that Git delivers, with pods that cannot be had here. */
const notNative = ['gitops', 'gitops-argocd', 'helm', 'pro'];

/**
 * The native cases in an order in which each can follow on the one before it; those with Services in other networks, to
 * which no running cluster changes, come last.
 */
export function nativeCases(): NativeCase[] {
  const native = Object.entries(cases).filter(([name]) => !notNative.includes(name));
  const isMoved = (name: string) => (cases[name]?.k3s?.serviceCidr === undefined ? 0 : 1);
  return native
    .map(([name, config]) => {
      const { platform, artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
      if (platform === undefined) throw new Error(JSON.stringify(diagnostics));
      const files = artifacts
        .filter(({ path }) => /^manifests\/\d/.test(path))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
      // This machine has two processors, and cases ask for up to three.
      const file = files
        .map(({ text }) => text.replaceAll(/(requests:\n\s+cpu: )"[^"]+"/g, '$1"5m"'))
        .join('---\n');
      return { name, prepared: prepared(platform, artifacts, []), file, objects: objectsOf(file) };
    })
    .sort((a, b) => isMoved(a.name) - isMoved(b.name));
}

function objectsOf(file: string): string[] {
  return parseAllDocuments(file)
    .map((document) => document.toJS() as { kind: string; metadata: { namespace?: string; name: string } })
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
    .sort();
}
