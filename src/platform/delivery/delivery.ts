import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** How the manifests reach the cluster, and the scripts the nodes. */
export type Delivery = (Embedded | GitOps) & {
  /** The address below which each new machine finds `<node>/apply.sh`; undefined where user-data brings it. */
  readonly scripts: string | undefined;
};

export interface Embedded {
  readonly mode: 'embedded';
}

/** A tool in the cluster takes the manifests from a Git repository. */
export interface GitOps {
  readonly mode: 'gitops';
  readonly tool: GitOpsTool;
  /** Where the tool lives, and where the repository's credentials must be. */
  readonly namespace: string;
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string };
  readonly repository: string;
  readonly branch: string;
  /** Without `./` before it. */
  readonly path: string;
  /** The Secret with the repository's credentials. */
  readonly secret: string | undefined;
}

export type GitOpsTool = 'flux' | 'argocd';

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

/** How the manifests reach the cluster, with its defaults. */
export function resolveDelivery(config: PlatformConfig): readonly [Delivery, Diagnostic[]] {
  const written = config.delivery ?? 'embedded';
  const { mode, git, scripts } = typeof written === 'string' ? { mode: written } : written;
  const served = scripts === undefined ? [] : diagnoseScripts(scripts, config);
  if (mode === 'embedded') {
    const diagnostics =
      git === undefined
        ? served
        : [...served, report('resolve/git-not-used', ['delivery', 'git'], undefined, { at: 'key' as const })];
    return [{ mode, scripts }, diagnostics];
  }
  if (git === undefined)
    return [
      { mode: 'embedded', scripts },
      [...served, report('resolve/git-missing', ['delivery'], undefined)],
    ];

  const { namespace, repository, name, version } = gitOpsCharts[git.tool];
  return [
    {
      mode,
      tool: git.tool,
      namespace,
      chart: { repository, name, version: git.chartVersion ?? version },
      repository: git.repository,
      branch: git.branch ?? 'main',
      path: git.path ?? 'dist/manifests',
      secret: git.secret,
      scripts,
    },
    served,
  ];
}

/** The platform that a script brings up cannot serve it. */
function diagnoseScripts(scripts: string, { domain, gateway }: PlatformConfig): Diagnostic[] {
  const { hostname } = new URL(scripts);
  const own = [domain, ...(gateway?.aliases ?? []), ...Object.keys(gateway?.redirects ?? {})];
  return own.some((name) => name.toLowerCase() === hostname.toLowerCase())
    ? [report('resolve/scripts-on-platform', ['delivery', 'scripts'], { host: hostname })]
    : [];
}
