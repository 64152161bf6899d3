import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { openfaasChart } from '../../platform/openfaas/openfaas.ts';
import type { Timeouts } from '../../platform/openfaas/timeouts.ts';
import { InternalService } from '../internal-service.ts';
import { chartValues } from './chart-values.ts';

export interface OpenFaasChartProps {
  readonly openfaas: OpenFaas;
  readonly timeouts: Timeouts;
}

/** OpenFaaS' own chart, installed by K3s' Helm controller, and the fixed gateway address that the chart lacks. */
export class OpenFaasChart extends Construct {
  constructor(scope: Construct, id: string, { openfaas, timeouts }: OpenFaasChartProps) {
    super(scope, id);
    new ApiObject(this, 'chart', {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      // In the namespace of K3s' own charts, so that the platform's namespace policies do not block the Job that installs it.
      metadata: { name: openfaasChart.name, namespace: 'kube-system' },
      spec: {
        repo: openfaasChart.repository,
        chart: openfaasChart.name,
        version: openfaasChart.version,
        targetNamespace: openfaas.namespace,
        // By default a failed upgrade uninstalls the running release.
        failurePolicy: 'abort',
        valuesContent: printYaml(chartValues(openfaas, timeouts)),
      },
    });
    new InternalService(this, 'address', {
      namespace: openfaas.namespace,
      name: 'gateway-address',
      selector: 'app',
      selected: 'gateway',
      port: openfaas.port,
      portName: 'http',
      clusterIp: openfaas.address,
    });
  }
}
