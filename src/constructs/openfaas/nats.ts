import { Construct } from 'constructs';
import { natsMonitor } from '../../platform/alerts/queue.ts';
import { workerStopping } from '../../platform/functions/stopping.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { partRequests } from '../../platform/openfaas/parts.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import type { Timeouts } from '../../platform/openfaas/timeouts.ts';
import { formatDuration } from '../../units/amounts.ts';
import { Component, tcpProbe } from '../component.ts';
import { InternalService } from '../internal-service.ts';
import { reached } from '../reached.ts';

export function natsAddress(openfaas: OpenFaas): string {
  return `nats.${openfaas.namespace}.svc.cluster.local`;
}

export interface NatsProps {
  readonly openfaas: OpenFaas;
  readonly timeouts: Timeouts;
  /** True if it answers how many calls wait. */
  readonly monitored: boolean;
}

/** Bytes that may wait in the queue. Above that the oldest call is dropped, so that the server does not run out of memory. */
const queueBytes = 128 * 2 ** 20;

/** An in-memory queue, and the worker that calls functions from it, for `/async-function/`. */
export class Nats extends Construct {
  constructor(scope: Construct, id: string, { openfaas, timeouts, monitored }: NatsProps) {
    super(scope, id);
    const { namespace, images } = openfaas;

    new Component(this, 'nats', {
      namespace,
      name: 'nats',
      user: 65532,
      containers: [
        {
          name: 'nats',
          image: images.nats,
          command: ['/nats-streaming-server'],
          args: [
            '--store=memory',
            '--cluster_id=faas-cluster',
            `--max_bytes=${queueBytes}`,
            ...(monitored ? [`--http_port=${natsMonitor}`] : []),
          ],
          ports: [{ name: 'tcp', containerPort: ports.nats, protocol: 'TCP' }],
          livenessProbe: tcpProbe(ports.nats, { periodSeconds: 10 }),
          readinessProbe: tcpProbe(ports.nats, { periodSeconds: 5 }),
          requests: partRequests.nats,
          memoryLimit: '512Mi',
        },
      ],
    });
    new InternalService(this, 'service', {
      namespace,
      name: 'nats',
      selector: 'app',
      port: ports.nats,
      portName: 'tcp',
    });

    new Component(this, 'queue-worker', {
      namespace,
      name: 'queue-worker',
      user: 65532,
      stopping: workerStopping,
      // It ends if NATS does not answer.
      first: reached(images.curl, { api: false, queue: `${natsAddress(openfaas)}:${ports.nats}` }),
      containers: [
        {
          name: 'queue-worker',
          image: images.queueWorker,
          env: {
            faas_nats_address: natsAddress(openfaas),
            faas_nats_port: String(ports.nats),
            faas_nats_cluster_name: 'faas-cluster',
            faas_nats_queue_group: 'faas',
            faas_gateway_address: `gateway.${namespace}.svc.cluster.local`,
            faas_gateway_port: String(openfaas.port),
            // A call that takes longer is delivered again, so the function runs twice.
            ack_wait: formatDuration(timeouts.nginx),
          },
          requests: partRequests.queueWorker,
          memoryLimit: '256Mi',
        },
      ],
    });
  }
}
