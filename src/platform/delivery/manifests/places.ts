import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { kubernetesMinors } from '../../../kubernetes/minors.ts';
import { type OwnObject, type Peer, titleOf } from './own-object.ts';

/** The namespaces of Kubernetes, K3s, OpenFaaS and the GitOps tools. */
const taken = /^(default|kube-.*|openfaas.*|flux-system|argocd)$/;

/** Namespaces that functions are in. */
const functionNamespace = 'openfaas-fn';

/** What the name of a policy for a function begins with, so that it is never one of the platform's. */
const policyPrefix = 'own-';

const enforce = 'pod-security.kubernetes.io/enforce';

/** What older versions of Kubernetes meant by a level is less. */
const versions = new Set(['latest', ...kubernetesMinors.map((minor) => `v${minor}`)]);

/** What an object's place depends on. */
export interface Places {
  /** The namespaces that the user's objects create. */
  readonly namespaces: ReadonlySet<string>;
  /** The names of all functions. */
  readonly functions: ReadonlySet<string>;
}

/** Reports an object that is in a namespace of somebody else, or in none. Paths are inside of the object. */
export function diagnosePlace(object: OwnObject, places: Places): Diagnostic[] {
  const { kind, name, namespace, body } = object;
  const title = titleOf(object);
  if (kind === 'Namespace') {
    if (taken.test(name)) {
      return [
        report('resolve/manifest-namespace-taken', ['metadata', 'name'], { object: title, namespace: name }),
      ];
    }
    const { [enforce]: level, [`${enforce}-version`]: asOf = 'latest' } = body.metadata.labels ?? {};
    if (level === 'restricted' && versions.has(asOf)) return [];
    const path = body.metadata.labels === undefined ? ['metadata'] : ['metadata', 'labels'];
    return [report('resolve/manifest-namespace-lax', path, { namespace: name, level, asOf })];
  }
  if (namespace === undefined) {
    return [report('resolve/manifest-namespace-missing', ['metadata'], { object: title, namespace })];
  }
  const path = ['metadata', 'namespace'];
  if (places.namespaces.has(namespace) && !taken.test(namespace)) return [];
  if (namespace === functionNamespace && kind === 'NetworkPolicy') return diagnosePolicy(object, places);
  return taken.test(namespace)
    ? [report('resolve/manifest-namespace-taken', path, { object: title, namespace })]
    : [report('resolve/manifest-namespace-missing', path, { object: title, namespace })];
}

/** The one object that may be among the functions: a way for one of them to pods of the user's own. */
function diagnosePolicy(object: OwnObject, { namespaces, functions }: Places): Diagnostic[] {
  const { podSelector = {}, policyTypes = [], ingress = [], egress = [] } = object.body.spec ?? {};
  const wrong = (what: string, ...path: string[]) => [
    report('resolve/manifest-policy-wide', path, { policy: titleOf(object), what }),
  ];
  const [only, ...more] = Object.entries({ ...podSelector }.matchLabels ?? {});
  const isOne = more.length === 0 && Object.keys(podSelector).length === 1;
  if (!object.name.startsWith(policyPrefix))
    return wrong('its name does not begin with own-', 'metadata', 'name');
  if (!isOne || only?.[0] !== 'faas_function' || !functions.has(only[1])) {
    return wrong('it does not select one function by faas_function', 'spec', 'podSelector');
  }
  if (policyTypes.length !== 1 || policyTypes[0] !== 'Egress' || ingress.length > 0) {
    return wrong('it is not for Egress only', 'spec', 'policyTypes');
  }
  const everybody: readonly Peer[] = [{}];
  const peers = egress.flatMap(({ to = [] }) => (to.length === 0 ? everybody : to));
  const isOwn = ({ namespaceSelector = {}, ipBlock }: Peer) => {
    const labels = Object.entries(namespaceSelector.matchLabels ?? {});
    const name = namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] ?? '';
    const isExact = labels.length === 1 && Object.keys(namespaceSelector).length === 1;
    return isExact && namespaces.has(name) && ipBlock === undefined;
  };
  return peers.every(isOwn) ? [] : wrong('it leads to more than a namespace of your own', 'spec', 'egress');
}
