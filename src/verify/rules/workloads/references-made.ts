import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import type { Dist, ManifestObject } from '../../dist.ts';
import { podOf, titleOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/** What Kubernetes and K3s bring themselves. */
const given = [
  /^Namespace (kube-system|default)$/,
  /^ServiceAccount \S+\/default$/,
  /^PriorityClass system-(cluster|node)-critical$/,
];

/** Every object that another one names is there, and stands before it. No object stands twice. */
export const referencesMade: Rule = {
  name: 'references-made',
  harm: 'reachability',
  loss: 'An object would wait for another one that is not there.',
  check: ({ objects, lock }) => {
    const charts = lock.openfaas.install === 'helm' || lock.delivery.chart !== undefined;
    // What a node hands to K3s is there before what comes from a repository.
    const inOrder = [...objects.filter(isHandedOver), ...objects.filter((object) => !isHandedOver(object))];
    return [...twice(inOrder), ...missing(inOrder, charts)];
  },
};

function isHandedOver({ path }: ManifestObject): boolean {
  return path.startsWith('gitops/');
}

function twice(objects: Dist['objects']): Diagnostic[] {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    const name = `${object.apiVersion} ${titleOf(object)}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      report('verify/object-twice', [], { object: titleOf(object) }, { artifact: { path: object.path } }),
    ];
  });
}

/** A chart makes objects that are not seen here; only namespaces must still be there before. */
function missing(objects: Dist['objects'], charts: boolean): Diagnostic[] {
  const made = new Set<string>();
  const order = new Map(objects.map((object, index) => [titleOf(object), index]));
  return objects.flatMap((object, index) => {
    for (const name of [titleOf(object), ...namespaceOfChart(object)]) made.add(name);
    return referencesOf(object)
      .filter((needed) => !made.has(needed) && !given.some((one) => one.test(needed)))
      .filter((needed) => !charts || order.has(needed) || needed.startsWith('Namespace '))
      .map((needed) => {
        const later = (order.get(needed) ?? -1) > index;
        const params = { object: titleOf(object), needed, later };
        return report('verify/reference-missing', [], params, { artifact: { path: object.path } });
      });
  });
}

/** A chart can bring its namespace. */
function namespaceOfChart({ kind, body }: ManifestObject): string[] {
  const { spec } = body as { spec?: { createNamespace?: boolean; targetNamespace?: string } };
  return kind === 'HelmChart' && spec?.createNamespace ? [`Namespace ${spec.targetNamespace}`] : [];
}

interface Names {
  readonly priorityClassName?: string;
  readonly volumes?: readonly {
    readonly configMap?: { readonly name?: string };
    readonly projected?: {
      readonly sources?: readonly { readonly configMap?: { readonly name?: string } }[];
    };
  }[];
}

function referencesOf(object: ManifestObject): string[] {
  const { namespace } = object;
  const pod = podOf(object);
  const { priorityClassName, volumes = [] } = (pod ?? {}) as Names;
  const local = (kind: string, name: string | undefined) =>
    name === undefined ? [] : [`${kind} ${namespace}/${name}`];
  return [
    ...(namespace === undefined ? [] : [`Namespace ${namespace}`]),
    ...local('ServiceAccount', pod?.serviceAccountName),
    ...(priorityClassName === undefined ? [] : [`PriorityClass ${priorityClassName}`]),
    ...volumes.flatMap(({ configMap, projected }) => [
      ...local('ConfigMap', configMap?.name),
      ...(projected?.sources ?? []).flatMap((source) => local('ConfigMap', source.configMap?.name)),
    ]),
    ...roleOf(object),
    ...subjectsOf(object),
  ];
}

function roleOf({ body, namespace }: ManifestObject): string[] {
  const { roleRef } = body as { roleRef?: { kind: string; name: string } };
  if (roleRef === undefined || /^(admin|edit|view|cluster-admin)$/.test(roleRef.name)) return [];
  return [roleRef.kind === 'Role' ? `Role ${namespace}/${roleRef.name}` : `${roleRef.kind} ${roleRef.name}`];
}

function subjectsOf({ body }: ManifestObject): string[] {
  const { subjects = [] } = body as { subjects?: { kind: string; name: string; namespace?: string }[] };
  return subjects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ namespace, name }) => `ServiceAccount ${namespace}/${name}`);
}
