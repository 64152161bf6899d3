import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { loadYaml } from '../../artifacts/load-yaml.ts';
import { type GitOps, gitOpsCharts } from '../../platform/delivery/delivery.ts';

export interface GitOpsToolProps {
  readonly gitOps: GitOps;
}

/** Flux or Argo CD, installed by K3s' Helm controller from its chart. */
export class GitOpsTool extends Construct {
  constructor(scope: Construct, id: string, { gitOps }: GitOpsToolProps) {
    super(scope, id);
    const { chart, namespace, tool } = gitOps;
    new ApiObject(this, 'chart', {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { name: tool, namespace: 'kube-system' },
      spec: {
        repo: chart.repository,
        chart: chart.name,
        version: chart.version,
        targetNamespace: namespace,
        createNamespace: true,
        valuesContent: loadYaml().stringify(gitOpsCharts[tool].values),
        // The other policy, reinstall, uninstalls a failed release and everything that it had applied.
        failurePolicy: 'abort',
      },
    });
  }
}
