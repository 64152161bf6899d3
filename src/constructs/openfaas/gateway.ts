import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { gatewayStopping } from '../../platform/functions/stopping.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { partRequests } from '../../platform/openfaas/parts.ts';
import { ports } from '../../platform/openfaas/ports.ts';
import type { Timeouts } from '../../platform/openfaas/timeouts.ts';
import { formatDuration } from '../../units/amounts.ts';
import { Account } from '../account.ts';
import { Component, type ComponentContainer, httpProbe, tcpProbe } from '../component.ts';
import { InternalService } from '../internal-service.ts';
import { reached } from '../reached.ts';
import { natsAddress } from './nats.ts';
import { basicAuthSecret } from './platform-secrets.ts';

export interface GatewayProps {
  readonly openfaas: OpenFaas;
  readonly timeouts: Timeouts;
}

/** The Service by which Prometheus finds the gateway's pods. It has no address, only their names in DNS. */
export const metricsService = 'gateway-metrics';

/** Idle connections to functions that are kept open, in total and per function. The runtime's own default. */
const idleConnections = '1024';

/** OpenFaaS' gateway with the provider (faas-netes) beside it, behind one fixed address. */
export class Gateway extends Construct {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { openfaas } = props;
    const account = 'openfaas-controller';

    new Account(this, 'account', {
      namespace: openfaas.namespace,
      name: account,
      roleNamespace: openfaas.functionNamespace,
      rules: [
        {
          apiGroups: [''],
          resources: ['services'],
          verbs: ['get', 'list', 'watch', 'create', 'delete', 'update'],
        },
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          verbs: ['get', 'list', 'watch', 'create', 'delete', 'update'],
        },
        {
          apiGroups: [''],
          resources: ['secrets'],
          verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
        },
        {
          apiGroups: [''],
          resources: ['pods', 'pods/log', 'endpoints'],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    });

    new Component(this, 'gateway', {
      namespace: openfaas.namespace,
      name: 'gateway',
      user: 100,
      serviceAccount: account,
      stopping: gatewayStopping(props.timeouts),
      // The provider ends if the internet does not answer its start check, and the gateway if NATS does not.
      first: reached(openfaas.images.curl, {
        api: true,
        queue: openfaas.async ? `${natsAddress(openfaas)}:${ports.nats}` : undefined,
      }),
      containers: [gatewayContainer(props), providerContainer(props)],
      volumes: [
        { name: 'auth', secret: { secretName: basicAuthSecret } },
        { name: 'provider-tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('16Mi') } },
      ],
    });

    new InternalService(this, 'service', {
      namespace: openfaas.namespace,
      name: 'gateway',
      selector: 'app',
      port: openfaas.port,
      portName: 'http',
      clusterIp: openfaas.address,
    });
    new InternalService(this, 'metrics', {
      namespace: openfaas.namespace,
      name: metricsService,
      selector: 'app',
      selected: 'gateway',
      port: ports.metrics,
      portName: 'metrics',
      clusterIp: 'None',
    });
  }
}

function gatewayContainer({ openfaas, timeouts }: GatewayProps): ComponentContainer {
  return {
    name: 'gateway',
    image: openfaas.images.gateway,
    command: ['./gateway'],
    ports: [
      { name: 'http', containerPort: openfaas.port, protocol: 'TCP' },
      { name: 'gw-metrics', containerPort: ports.metrics, protocol: 'TCP' },
    ],
    env: {
      read_timeout: formatDuration(timeouts.gateway),
      write_timeout: formatDuration(timeouts.gateway),
      upstream_timeout: formatDuration(timeouts.upstream),
      functions_provider_url: `http://127.0.0.1:${ports.provider}/`,
      function_namespace: openfaas.functionNamespace,
      // With either of these set, the gateway does not start without NATS.
      ...(openfaas.async && { faas_nats_address: natsAddress(openfaas), faas_nats_port: String(ports.nats) }),
      basic_auth: 'true',
      secret_mount_path: '/var/secrets',
      scale_from_zero: 'true',
      max_idle_conns: idleConnections,
      max_idle_conns_per_host: idleConnections,
    },
    // Not /healthz, which fails when the provider is down: restarting the gateway would not help then.
    livenessProbe: tcpProbe(openfaas.port, { periodSeconds: 10, timeoutSeconds: 5 }),
    readinessProbe: httpProbe('/healthz', openfaas.port, { periodSeconds: 5, timeoutSeconds: 5 }),
    volumeMounts: [{ name: 'auth', mountPath: '/var/secrets', readOnly: true }],
    requests: partRequests.gateway,
    memoryLimit: '512Mi',
  };
}

function providerContainer({ openfaas, timeouts }: GatewayProps): ComponentContainer {
  return {
    name: 'faas-netes',
    image: openfaas.images.provider,
    command: ['./faas-netes'],
    ports: [{ name: 'provider', containerPort: ports.provider, protocol: 'TCP' }],
    env: {
      port: String(ports.provider),
      function_namespace: openfaas.functionNamespace,
      read_timeout: formatDuration(timeouts.gateway),
      write_timeout: formatDuration(timeouts.gateway),
      http_probe: 'true',
      set_nonroot_user: 'true',
      basic_auth: 'true',
      secret_mount_path: '/var/secrets',
    },
    // It serves only once it knows its public address and has filled its caches, which a slow network delays.
    startupProbe: httpProbe('/healthz', ports.provider, { periodSeconds: 2, failureThreshold: 60 }),
    livenessProbe: httpProbe('/healthz', ports.provider, { periodSeconds: 5, timeoutSeconds: 3 }),
    volumeMounts: [
      { name: 'auth', mountPath: '/var/secrets', readOnly: true },
      { name: 'provider-tmp', mountPath: '/tmp' },
    ],
    requests: partRequests.provider,
    memoryLimit: '512Mi',
  };
}
