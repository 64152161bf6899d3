import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Delivery } from './delivery.ts';
import { gitOpsCharts } from './gitops-charts.ts';

/** How the manifests reach the cluster, with its defaults. */
export function resolveDelivery(config: PlatformConfig): readonly [Delivery, Diagnostic[]] {
  const written = config.delivery ?? 'embedded';
  const { mode, git } = typeof written === 'string' ? { mode: written, git: undefined } : written;
  if (mode === 'embedded') {
    const diagnostics =
      git === undefined
        ? []
        : [report('resolve/git-not-used', ['delivery', 'git'], undefined, { at: 'key' as const })];
    return [{ mode }, diagnostics];
  }
  if (git === undefined)
    return [{ mode: 'embedded' }, [report('resolve/git-missing', ['delivery'], undefined)]];

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
    },
    [],
  ];
}
