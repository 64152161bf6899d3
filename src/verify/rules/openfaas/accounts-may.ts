import { isDeepStrictEqual } from 'node:util';
import { report } from '../../../diagnostics/report.ts';
import type { Dist } from '../../dist.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

interface RoleRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

/** What faas-netes 0.18.17 does with functions, no more and no less, as its chart grants it. */
const changes = ['get', 'list', 'watch', 'create', 'delete', 'update'];
const looks = ['get', 'list', 'watch'];
const provider: readonly (readonly [resource: string, verbs: readonly string[]])[] = [
  ['/services', changes],
  ['apps/deployments', changes],
  ['/secrets', [...changes, 'patch']],
  ['/pods', looks],
  ['/pods/log', looks],
  ['/endpoints', looks],
];

/** The account that OpenFaaS' provider has may do what the provider does, in the namespace of functions; none else is bound. */
export const accountsMay: Rule = {
  name: 'accounts-may',
  harm: 'confinement',
  loss: "Whoever takes over a part of OpenFaaS could do more in the cluster than that part's work.",
  check: (dist) => {
    const used = new Set(
      podsIn(dist).flatMap(({ spec, namespace }) => `${namespace}/${spec.serviceAccountName}`),
    );
    return dist.objects
      .filter(({ kind }) => kind === 'RoleBinding')
      .flatMap(({ body, namespace }) => {
        const { roleRef, subjects = [] } = body as {
          roleRef: { kind: string; name: string };
          subjects?: readonly { name: string; namespace?: string }[];
        };
        return subjects.flatMap((subject) => {
          const account = `${subject.namespace}/${subject.name}`;
          const granted = grantsOf(dist, roleRef.name, namespace);
          const role = `${roleRef.kind} ${namespace}/${roleRef.name}`;
          return [
            ...(used.has(account) ? [] : [report('verify/account-unused', [], { account, role })]),
            ...(granted === undefined
              ? [report('verify/account-of-no-role', [], { account, role })]
              : differences(granted).map((one) => report('verify/account-may', [], { account, ...one }))),
          ];
        });
      });
  },
};

function grantsOf({ objects }: Dist, name: string, namespace: string | undefined) {
  const role = objects.find(
    (object) => object.kind === 'Role' && object.name === name && object.namespace === namespace,
  );
  const { rules } = (role?.body ?? {}) as { rules?: readonly RoleRule[] };
  return rules;
}

interface Difference {
  readonly resource: string;
  readonly may: readonly string[];
  readonly needs: readonly string[];
}

function differences(rules: readonly RoleRule[]): Difference[] {
  const granted = new Map<string, Set<string>>();
  for (const { apiGroups = [], resources = [], verbs } of rules) {
    for (const resource of apiGroups.flatMap((group) => resources.map((name) => `${group}/${name}`))) {
      granted.set(resource, new Set([...(granted.get(resource) ?? []), ...verbs]));
    }
  }
  const needed = new Map(provider.map(([resource, verbs]) => [resource, new Set(verbs)]));
  const all = [...new Set([...needed.keys(), ...granted.keys()])].sort();
  return all
    .filter((resource) => !isDeepStrictEqual(granted.get(resource), needed.get(resource)))
    .map((resource) => ({
      resource: resource.replace(/^\//, ''),
      may: [...(granted.get(resource) ?? [])],
      needs: [...(needed.get(resource) ?? [])],
    }));
}
