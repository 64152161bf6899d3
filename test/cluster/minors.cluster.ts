import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompiledConfig, compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { type KubernetesMinor, kubernetesMinors } from '../../src/kubernetes/minors.ts';
import { newestK3s } from '../../src/platform/k3s/versions.ts';
import { cases } from '../cases/index.ts';
import { ControlPlane, otherApiServers, programs } from './control-plane.ts';

/** The minor that the control plane of `rehearsal/kubernetes` is of. */
const main: KubernetesMinor = '1.36';
const others = otherApiServers();

interface Applied {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string;
    readonly name: string;
    readonly resourceVersion: string;
  };
}

/** What kubectl prints: one object, or a list of several. */
type Answer = Applied & { readonly items?: readonly Applied[] };

/** A case for a minor, without the keys of K3s that came later: manifests have nothing of them. */
function compiledFor(config: PlatformConfig, minor: KubernetesMinor): CompiledConfig {
  const k3s = { ...config.k3s, version: newestK3s[minor] };
  const compiled = compileConfig({ ...config, k3s }, 'platform.config.ts');
  const later = compiled.diagnostics.filter(({ code }) => code === 'resolve/k3s-too-old');
  if (later.length === 0) return compiled;
  const known = Object.entries(k3s).filter(([key]) => !later.some(({ path }) => path?.[1] === key));
  return compileConfig({ ...config, k3s: Object.fromEntries(known) }, 'platform.config.ts');
}

/** The files of a case's manifests for a minor, in their order; empty when OpenFaaS comes by its chart. */
function manifestsOf(name: string, minor: KubernetesMinor): string[] {
  const config = cases[name];
  if (config === undefined) return [];
  const compiled = compiledFor(config, minor);
  expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const files = compiled.artifacts
    .filter(({ path }) => /^manifests\/\d/.test(path))
    .map(({ path, text }) => [path, text] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text);
  return files.some((text) => /^kind: HelmChart$/m.test(text)) ? [] : files;
}

const native = Object.keys(cases).filter((name) => manifestsOf(name, main).length > 0);

it('most cases are native', () => {
  expect(native.length).toBeGreaterThan(10);
});

it('each minor on offer can be built', () => {
  const folders = readdirSync(new URL('../../rehearsal/minors', import.meta.url), { withFileTypes: true });
  const minors = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect([...minors, main].sort()).toEqual(kubernetesMinors);
});

describe.each(kubernetesMinors)('the API server of Kubernetes %s', (minor) => {
  const built = minor === main || others.has(minor);
  describe.skipIf(!built)(built ? 'takes strictly' : `left out: rehearsal/build --minors ${minor}`, () => {
    let kubernetes: ControlPlane;
    beforeAll(async () => {
      kubernetes = new ControlPlane(others.get(minor) ?? join(programs(), 'kube-apiserver'));
      await kubernetes.ready();
    });
    afterAll(() => kubernetes.stop());

    /** The files on the control plane's disk, as arguments of kubectl. */
    function given(files: readonly string[]): string[] {
      return files.flatMap((text, index) => ['-f', kubernetes.file(`${index}.yaml`, text)]);
    }

    /** Applies server-side with strict validation: each object with its version, and every warning. */
    function apply(files: readonly string[]): { objects: string[]; warnings: string } {
      const options = ['--server-side', '--validate=strict', '--field-manager', 'fjord', '-o', 'json'];
      const ran = kubernetes.kubectl('apply', ...options, ...given(files));
      const { items, ...only } = JSON.parse(kubernetes.must(ran)) as Answer;
      const objects = (items ?? [only]).map(
        ({ kind, metadata }) =>
          `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${metadata.resourceVersion}`,
      );
      return { objects, warnings: ran.stderr };
    }

    /** Makes the addresses of a case's Services known, which K3s does by a flag of the API server. */
    function allowServices(serviceCidr: string | undefined): void {
      if (serviceCidr === undefined) return;
      const object = { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: 'case' } };
      const text = JSON.stringify({ ...object, spec: { cidrs: [serviceCidr] } });
      kubernetes.must(kubernetes.kubectl('apply', '-f', kubernetes.file('services.json', text)));
    }

    /** Takes away all but the namespaces, which only a controller could empty. */
    function remove(files: readonly string[]): void {
      const documents = files
        .flatMap((text) => text.split(/^---\n/m))
        .filter((document) => !/^kind: Namespace$/m.test(document));
      const options = ['--wait=false', '--cascade=background'];
      kubernetes.must(kubernetes.kubectl('delete', ...options, ...given([documents.join('---\n')])));
    }

    it('is of that minor', () => {
      const { serverVersion } = JSON.parse(kubernetes.must(kubernetes.kubectl('version', '-o', 'json'))) as {
        serverVersion: { gitVersion: string };
      };
      expect(serverVersion.gitVersion.startsWith(`v${minor}.`)).toBe(true);
    });

    it('refuses a field that it does not know, and counts a change', () => {
      const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
      const files = (more: object) => [JSON.stringify({ ...settings, ...more })];
      expect(() => apply(files({ datum: { key: 'value' } }))).toThrow('field not declared in schema');
      const first = apply(files({ data: { key: 'value' } }));
      expect(apply(files({ data: { key: 'value' } }))).toEqual(first);
      expect(apply(files({ data: { key: 'other' } }))).not.toEqual(first);
    });

    it.each(native)('%s, and applied again changes nothing', (name) => {
      const files = manifestsOf(name, minor);
      allowServices(cases[name]?.k3s?.serviceCidr);
      const first = apply(files);
      expect(first.objects.length).toBeGreaterThan(5);
      expect(first.warnings).toBe('');
      expect(apply(files)).toEqual(first);
      remove(files);
    });
  });
});
