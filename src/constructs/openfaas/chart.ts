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

/** OpenFaaS by its own chart, which K3s' Helm controller installs, and the gateway's fixed address, which it lacks. */
export class OpenFaasChart extends Construct {
  constructor(scope: Construct, id: string, { openfaas, timeouts }: OpenFaasChartProps) {
    super(scope, id);
    new ApiObject(this, 'chart', {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      // Beside K3s' own charts, so that the Job that installs it is not held back by what holds in its namespace.
      metadata: { name: openfaasChart.name, namespace: 'kube-system' },
      spec: {
        repo: openfaasChart.repository,
        chart: openfaasChart.name,
        version: openfaasChart.version,
        targetNamespace: openfaas.namespace,
        // The default answers a failed upgrade by uninstalling what runs.
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
