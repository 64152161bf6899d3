import type { GitOpsTool } from './delivery.ts';

/** A Helm chart, exactly, and the namespace that its tool expects to be in. */
export interface GitOpsChart {
  readonly namespace: string;
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  /** As little of the tool as a directory of manifests needs. */
  readonly values: Readonly<Record<string, unknown>>;
}

const off = { create: false };

/** The charts, as they were when this version of Fjord was made. */
export const gitOpsCharts: Readonly<Record<GitOpsTool, GitOpsChart>> = {
  flux: {
    namespace: 'flux-system',
    repository: 'https://fluxcd-community.github.io/helm-charts',
    name: 'flux2',
    version: '2.18.4',
    values: {
      helmController: off,
      imageAutomationController: off,
      imageReflectionController: off,
      notificationController: off,
    },
  },
  argocd: {
    namespace: 'argocd',
    repository: 'https://argoproj.github.io/argo-helm',
    name: 'argo-cd',
    version: '10.9.1',
    values: {
      applicationSet: { replicas: 0 },
      dex: { enabled: false },
      notifications: { enabled: false },
    },
  },
};
