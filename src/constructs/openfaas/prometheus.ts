import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { partRequests } from '../../platform/openfaas/parts.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { Component, httpProbe } from '../component.ts';
import { InternalService } from '../internal-service.ts';
import { metricsService } from './gateway.ts';
import { scalingRules } from './scaling-rules.ts';

export interface PrometheusProps {
  readonly openfaas: OpenFaas;
  readonly functions: readonly PlatformFunction[];
}

/** Prometheus. The gateway reads call counts from it, and its alerts cause scaling. */
export class Prometheus extends Construct {
  constructor(scope: Construct, id: string, { openfaas, functions }: PrometheusProps) {
    super(scope, id);
    const { namespace } = openfaas;
    const name = 'prometheus';
    const config = 'prometheus-config';
    const data = {
      'prometheus.yml': printYaml(prometheusConfig(openfaas)),
      'alert.rules.yml': printYaml(alertRules(openfaas, functions)),
    };

    new k8s.KubeConfigMap(this, 'config', { metadata: { name: config, namespace }, data });

    new Component(this, 'prometheus', {
      namespace,
      name,
      user: 65534,
      // Its storage allows only one writer.
      strategy: 'Recreate',
      configuration: data,
      containers: [
        {
          name,
          image: openfaas.images.prometheus,
          args: [
            '--config.file=/etc/prometheus/prometheus.yml',
            '--storage.tsdb.path=/prometheus/data',
            '--storage.tsdb.retention.time=15d',
            '--storage.tsdb.retention.size=1GB',
          ],
          ports: [{ name: 'http', containerPort: ports.prometheus, protocol: 'TCP' }],
          livenessProbe: httpProbe('/-/healthy', ports.prometheus, { periodSeconds: 10, timeoutSeconds: 30 }),
          readinessProbe: httpProbe('/-/ready', ports.prometheus, { periodSeconds: 10, timeoutSeconds: 30 }),
          volumeMounts: [
            { name: 'config', mountPath: '/etc/prometheus', readOnly: true },
            { name: 'data', mountPath: '/prometheus/data' },
          ],
          requests: partRequests.prometheus,
          memoryLimit: '1Gi',
          diskLimit: '2Gi',
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: config } },
        { name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('2Gi') } },
      ],
    });
    new InternalService(this, 'service', {
      namespace,
      name,
      selector: 'app',
      port: ports.prometheus,
      portName: 'http',
    });
  }
}

/**
 * Scrapes only the gateway, whose pod it finds by DNS, so Prometheus needs no access to the Kubernetes API. By a Service's
 * address it would go on with the connection that it has: for as long as a gateway that was replaced ends its calls,
 * Prometheus would read the old one, which has none, so that no function would be scaled.
 */
function prometheusConfig({ namespace, autoscaling }: OpenFaas): unknown {
  return {
    global: { scrape_interval: '5s', evaluation_interval: '5s' },
    rule_files: ['alert.rules.yml'],
    ...(autoscaling && {
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: [`alertmanager:${ports.alertmanager}`] }] }],
      },
    }),
    scrape_configs: [
      {
        job_name: 'gateway',
        dns_sd_configs: [
          {
            names: [`${metricsService}.${namespace}.svc.cluster.local`],
            type: 'A',
            port: ports.metrics,
            refresh_interval: '5s',
          },
        ],
      },
    ],
  };
}

function alertRules(openfaas: OpenFaas, functions: readonly PlatformFunction[]): unknown {
  const rules = openfaas.autoscaling ? scalingRules(functions, openfaas.functionNamespace) : [];
  return { groups: [{ name: 'openfaas', rules }] };
}
