import { Construct } from 'constructs';
import type { OpenFaas } from '../platform/openfaas.ts';
import { basicAuthSecret } from './basic-auth.ts';
import { Component } from './component.ts';
import { InternalService } from './internal-service.ts';

export const natsPort = 4222;

export function natsAddress(openfaas: OpenFaas): string {
  return `nats.${openfaas.namespace}.svc.cluster.local`;
}

export interface NatsProps {
  readonly openfaas: OpenFaas;
}

/** What `/async-function/` needs: a queue in memory, and the worker that calls the functions. */
export class Nats extends Construct {
  constructor(scope: Construct, id: string, { openfaas }: NatsProps) {
    super(scope, id);
    const { namespace, images } = openfaas;

    new Component(this, 'nats', {
      namespace,
      name: 'nats',
      user: 65532,
      annotations: { 'prometheus.io/scrape': 'false' },
      containers: [
        {
          name: 'nats',
          image: images.nats,
          command: ['/nats-streaming-server'],
          args: ['--store', 'memory', '--cluster_id', 'faas-cluster'],
          ports: [{ name: 'tcp', containerPort: natsPort, protocol: 'TCP' }],
          requests: { cpu: '100m', memory: '120Mi' },
          memoryLimit: '512Mi',
        },
      ],
    });
    new InternalService(this, 'service', {
      namespace,
      name: 'nats',
      selector: 'app',
      port: natsPort,
      portName: 'tcp',
    });

    new Component(this, 'queue-worker', {
      namespace,
      name: 'queue-worker',
      user: 65532,
      annotations: { 'prometheus.io/scrape': 'false' },
      containers: [
        {
          name: 'queue-worker',
          image: images.queueWorker,
          env: {
            faas_nats_address: natsAddress(openfaas),
            faas_nats_port: String(natsPort),
            faas_nats_cluster_name: 'faas-cluster',
            faas_nats_queue_group: 'faas',
            faas_gateway_address: `gateway.${namespace}.svc.cluster.local`,
            faas_gateway_port: String(openfaas.port),
            ack_wait: '60s',
            basic_auth: 'true',
            secret_mount_path: '/var/secrets/gateway',
          },
          volumeMounts: [{ name: 'auth', mountPath: '/var/secrets/gateway', readOnly: true }],
          requests: { cpu: '50m', memory: '120Mi' },
          memoryLimit: '256Mi',
        },
      ],
      volumes: [{ name: 'auth', secret: { secretName: basicAuthSecret } }],
    });
  }
}
