import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { printYaml } from '../../artifacts/print-yaml.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import { Component, httpProbe } from '../component.ts';
import { InternalService } from '../internal-service.ts';
import { basicAuthSecret } from './platform-secrets.ts';

export interface AlertmanagerProps {
  readonly openfaas: OpenFaas;
}

/** Alertmanager. It sends Prometheus' alerts to the gateway, which scales the function that an alert names. */
export class Alertmanager extends Construct {
  constructor(scope: Construct, id: string, { openfaas }: AlertmanagerProps) {
    super(scope, id);
    const { namespace } = openfaas;
    const name = 'alertmanager';
    const config = 'alertmanager-config';
    const data = { 'alertmanager.yml': printYaml(alertmanagerConfig(openfaas)) };

    new k8s.KubeConfigMap(this, 'config', { metadata: { name: config, namespace }, data });
    new Component(this, 'alertmanager', {
      namespace,
      name,
      user: 65534,
      configuration: data,
      containers: [
        {
          name,
          image: openfaas.images.alertmanager,
          args: [
            '--config.file=/etc/alertmanager/alertmanager.yml',
            '--storage.path=/alertmanager',
            // With one copy there is no cluster of Alertmanagers to join.
            '--cluster.listen-address=',
          ],
          ports: [{ name: 'http', containerPort: ports.alertmanager, protocol: 'TCP' }],
          livenessProbe: httpProbe('/-/healthy', ports.alertmanager, {
            periodSeconds: 10,
            timeoutSeconds: 30,
          }),
          readinessProbe: httpProbe('/-/ready', ports.alertmanager, {
            periodSeconds: 10,
            timeoutSeconds: 30,
          }),
          volumeMounts: [
            { name: 'config', mountPath: '/etc/alertmanager', readOnly: true },
            { name: 'auth', mountPath: '/var/secrets', readOnly: true },
            { name: 'data', mountPath: '/alertmanager' },
          ],
          requests: { cpu: '50m', memory: '25Mi' },
          memoryLimit: '128Mi',
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: config } },
        { name: 'auth', secret: { secretName: basicAuthSecret } },
        { name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('64Mi') } },
      ],
    });
    new InternalService(this, 'service', {
      namespace,
      name,
      selector: 'app',
      port: ports.alertmanager,
      portName: 'http',
    });
  }
}

function alertmanagerConfig({ namespace, port: gatewayPort }: OpenFaas): unknown {
  return {
    route: {
      group_by: ['alertname', 'cluster', 'service'],
      group_wait: '5s',
      group_interval: '10s',
      repeat_interval: '30s',
      receiver: 'scale-up',
    },
    receivers: [
      {
        name: 'scale-up',
        webhook_configs: [
          {
            url: `http://gateway.${namespace}:${gatewayPort}/system/alert`,
            send_resolved: true,
            http_config: {
              basic_auth: { username: 'admin', password_file: '/var/secrets/basic-auth-password' },
            },
          },
        ],
      },
    ],
  };
}
