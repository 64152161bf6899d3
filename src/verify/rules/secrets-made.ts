import { report } from '../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../dist.ts';
import { podOf, titleOf } from '../kubernetes-body.ts';
import type { Rule } from './index.ts';

/** Every Secret that a pod names is made: by a manifest, by the node's bootstrap script, or by the operator, as listed. */
export const secretsMade: Rule = (dist) => {
  const made = new Set([...byManifests(dist), ...byScripts(dist), ...byOperator(dist)]);
  return dist.objects.flatMap((object) =>
    secretsOf(object)
      .map((name) => `${object.namespace}/${name}`)
      .filter((secret) => !made.has(secret))
      .map((secret) =>
        report(
          'verify/secret-not-made',
          [],
          { secret, user: titleOf(object) },
          { artifact: { path: object.path } },
        ),
      ),
  );
};

function secretsOf(object: ManifestObject): string[] {
  const pod = podOf(object);
  if (pod === undefined) return [];
  const containers = [...pod.containers, ...(pod.initContainers ?? [])];
  const names = [
    ...(pod.volumes ?? []).flatMap(({ secret, projected }) => [
      secret?.secretName,
      ...(projected?.sources ?? []).map((source) => source.secret?.name),
    ]),
    ...containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name)),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ secretRef }) => secretRef?.name)),
    ...(pod.imagePullSecrets ?? []).map(({ name }) => name),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

function byManifests({ objects }: Dist): string[] {
  return objects.filter(({ kind }) => kind === 'Secret').map(({ namespace, name }) => `${namespace}/${name}`);
}

/** The bootstrap script makes a Secret by a line `ensure_secret NAMESPACE NAME`. */
function byScripts({ nodes }: Dist): string[] {
  return nodes
    .flatMap(({ files }) => [...files.values()])
    .flatMap(({ text }) => [...text.matchAll(/^ensure_secret (\S+) (\S+)$/gm)])
    .map(([, namespace, name]) => `${namespace}/${name}`);
}

function byOperator({ lock }: Dist): string[] {
  return lock.secrets
    .filter(({ madeBy }) => madeBy === 'operator')
    .map(({ namespace, name }) => `${namespace}/${name}`);
}
