import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { printYaml } from '../artifacts/print-yaml.ts';
import type { OpenFaas } from '../platform/openfaas.ts';
import type { PlatformFunction } from '../platform/platform-function.ts';
import { Account } from './account.ts';
import { Component, httpProbe } from './component.ts';
import { InternalService } from './internal-service.ts';
import { scalingRules } from './scaling-rules.ts';

export interface PrometheusProps {
  readonly openfaas: OpenFaas;
  readonly functions: readonly PlatformFunction[];
}

const port = 9090;

/** Prometheus: the gateway reads call counts from it, and its alerts drive the scaling. */
export class Prometheus extends Construct {
  constructor(scope: Construct, id: string, { openfaas, functions }: PrometheusProps) {
    super(scope, id);
    const { namespace } = openfaas;
    const name = 'prometheus';
    const account = 'openfaas-prometheus';
    const config = 'prometheus-config';
    const data = {
      'prometheus.yml': printYaml(prometheusConfig(openfaas)),
      'alert.rules.yml': printYaml(alertRules(openfaas, functions)),
    };

    new Account(this, 'account', {
      namespace,
      name: account,
      roleNamespace: namespace,
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    });
    new k8s.KubeConfigMap(this, 'config', { metadata: { name: config, namespace }, data });

    new Component(this, 'prometheus', {
      namespace,
      name,
      user: 65534,
      serviceAccount: account,
      // Its storage allows one writer.
      strategy: 'Recreate',
      configuration: JSON.stringify(data),
      containers: [
        {
          name,
          image: openfaas.images.prometheus,
          args: [
            '--config.file=/etc/prometheus/prometheus.yml',
            '--storage.tsdb.path=/prometheus/data',
            '--storage.tsdb.retention.time=15d',
          ],
          ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
          livenessProbe: httpProbe('/-/healthy', port, { periodSeconds: 10, timeoutSeconds: 30 }),
          readinessProbe: httpProbe('/-/ready', port, { periodSeconds: 10, timeoutSeconds: 30 }),
          volumeMounts: [
            { name: 'config', mountPath: '/etc/prometheus', readOnly: true },
            { name: 'data', mountPath: '/prometheus/data' },
          ],
          requests: { cpu: '100m', memory: '512Mi' },
          memoryLimit: '1Gi',
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: config } },
        { name: 'data', emptyDir: {} },
      ],
    });
    new InternalService(this, 'service', { namespace, name, selector: 'app', port, portName: 'http' });
  }
}

function prometheusConfig({ namespace, autoscaling }: OpenFaas): unknown {
  const annotation = (key: string) => `__meta_kubernetes_pod_annotation_prometheus_io_${key}`;
  return {
    global: { scrape_interval: '15s', evaluation_interval: '5s' },
    rule_files: ['alert.rules.yml'],
    ...(autoscaling && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    }),
    scrape_configs: [
      {
        job_name: 'prometheus',
        scrape_interval: '10s',
        static_configs: [{ targets: [`localhost:${port}`] }],
      },
      {
        job_name: 'openfaas-pods',
        scrape_interval: '5s',
        kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] } }],
        relabel_configs: [
          { source_labels: [annotation('scrape')], action: 'keep', regex: 'true' },
          {
            source_labels: ['__address__', annotation('port')],
            action: 'replace',
            regex: '([^:]+)(?::\\d+)?;(\\d+)',
            replacement: '$1:$2',
            target_label: '__address__',
          },
          { source_labels: ['__meta_kubernetes_pod_label_app'], action: 'replace', target_label: 'app' },
        ],
      },
    ],
  };
}

function alertRules(openfaas: OpenFaas, functions: readonly PlatformFunction[]): unknown {
  const rules = openfaas.autoscaling ? scalingRules(functions, openfaas.functionNamespace) : [];
  return { groups: [{ name: 'openfaas', rules }] };
}
