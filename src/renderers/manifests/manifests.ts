import { NetworkPolicies } from '../../constructs/network-policies.ts';
import { nginxSources } from '../../platform/gateway/nginx-calls.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Renderer } from '../renderer.ts';
import { functionConcerns, priorityConcerns } from './function-concerns.ts';
import { type Concern, manifestFile } from './manifest-file.ts';
import { namespacesConcern } from './namespaces.ts';
import { openfaasConcerns } from './openfaas-concerns.ts';
import { ownManifests } from './own.ts';

/** The concerns in the order in which they are applied. */
function concerns(platform: Platform): Concern[] {
  const { openfaas, k3s } = platform;
  return [
    ...(platform.delivery.mode === 'embedded' ? [namespacesConcern(platform)] : []),
    ...priorityConcerns(platform),
    {
      file: '10-network-policies.yaml',
      source: ['openfaas'],
      build: (scope) =>
        new NetworkPolicies(scope, 'network-policies', {
          openfaas,
          k3s,
          nginxSources: nginxSources(platform),
        }),
    },
    ...openfaasConcerns(platform),
    ...functionConcerns(platform),
  ];
}

/** The Kubernetes manifests, one file per concern, and the user's own. */
export const renderManifests: Renderer = ({ platform, ...input }) => [
  ...concerns(platform).map((concern) => manifestFile('manifests', concern, input)),
  ...ownManifests(platform, input.marker),
];
