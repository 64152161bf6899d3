import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../snapshot-files.ts';
import type { DistDirectory } from './dist-directories.ts';

/** The manifests of a platform, as paths below its `dist/`. */
export function manifestFiles(dist: DistDirectory): string[] {
  return Object.keys(filesBelow(dist.path)).filter(
    (path) => path.startsWith('manifests/') && !path.endsWith('/kustomization.yaml'),
  );
}

/** All of them as one stream of documents. */
export function manifestStream(dist: DistDirectory): string {
  return manifestFiles(dist)
    .map((path) => readFileSync(join(dist.path, path), 'utf8'))
    .join('---\n');
}

/** What a platform's lock file says of its Kubernetes and OpenFaaS. */
export function lockOf({ path }: DistDirectory): { minor: string; install: string } {
  const lock = JSON.parse(readFileSync(join(path, 'platform.lock.json'), 'utf8')) as {
    k3s: { version: string };
    openfaas: { install: string };
  };
  return {
    minor: lock.k3s.version.replace(/^v(\d+\.\d+)\..*$/, '$1'),
    install: lock.openfaas.install,
  };
}
