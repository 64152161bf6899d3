import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { functionResource, podOf, titleOf } from '../../kubernetes/body.ts';
import { chartValue, openfaasRelease } from '../../kubernetes/chart-release.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import type { Rule } from '../rule.ts';

/**
 * Every Secret that something names is made: by a manifest, by a node's script, or by the operator. The lock file says
 * by whom, and a script makes those of the node and no others: it must not be faster than the operator.
 */
export const secretsMade: Rule = {
  name: 'secrets-made',
  harm: 'secrets',
  loss: "A pod would wait for a Secret that nobody makes, or a script would make one in the operator's place.",
  check: (dist) => {
    const byScript = new Set(byScripts(dist));
    const listed = new Map(
      dist.lock.secrets.map(({ namespace, name, madeBy }) => [`${namespace}/${name}`, madeBy]),
    );
    const made = new Set([...byManifests(dist), ...byScript, ...byOperator(dist)]);
    return [
      ...users(dist)
        .filter(({ secret }) => !made.has(secret))
        .map(({ secret, user, path }) =>
          report('verify/secret-not-made', [], { secret, user }, { artifact: { path } }),
        ),
      ...[...new Set([...listed.keys(), ...byScript])].sort().flatMap((secret) => {
        const found = byScript.has(secret) ? 'node' : 'operator';
        const says = listed.get(secret) ?? 'nobody';
        return found === says
          ? []
          : [report('verify/secret-made-by-other', [], { secret, listed: says, found })];
      }),
    ];
  },
};

interface SecretUser {
  /** `namespace/name` */
  readonly secret: string;
  readonly user: string;
  readonly path: string;
}

function users(dist: Dist): SecretUser[] {
  const release = openfaasRelease(dist);
  const ofChart = [
    'basic-auth',
    ...(release && chartValue(release, 'openfaasPro') ? ['openfaas-license'] : []),
  ];
  return [
    ...everyObject(dist).flatMap((object) =>
      secretsOf(object).map((name) => ({
        secret: `${object.namespace}/${name}`,
        user: titleOf(object),
        path: object.path,
      })),
    ),
    ...(release === undefined
      ? []
      : ofChart.map((name) => ({
          secret: `${release.namespace}/${name}`,
          user: "OpenFaaS' chart",
          path: release.path,
        }))),
  ];
}

function secretsOf(object: ManifestObject): string[] {
  const pod = podOf(object);
  if (pod === undefined) return [...(functionResource(object)?.secrets ?? [])];
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

/** A node's script makes a Secret by a line `ensure_secret NAMESPACE NAME`. */
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
