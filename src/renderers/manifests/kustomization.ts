import { printYaml } from '../../artifacts/print-yaml.ts';
import type { Renderer } from '../renderer.ts';

/** The kustomization.yaml that `kubectl apply -k dist/manifests` and GitOps tools read first. */
export const renderKustomization: Renderer = ({ marker, artifacts }) => {
  const resources = artifacts
    .filter((artifact) => artifact.kind === 'manifest' && artifact.path.startsWith('manifests/'))
    .map((artifact) => artifact.path.replace(/^manifests\//, ''));
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
  };
  return [
    {
      path: 'manifests/kustomization.yaml',
      kind: 'kustomization',
      text: printYaml(kustomization, marker),
      source: [],
    },
  ];
};
