import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Artifact } from '../artifacts/artifact.ts';
import { printYaml } from '../artifacts/print-yaml.ts';
import { Alertmanager } from '../constructs/alertmanager.ts';
import { Gateway } from '../constructs/gateway.ts';
import { Namespaces } from '../constructs/namespaces.ts';
import { Nats } from '../constructs/nats.ts';
import { NetworkPolicies } from '../constructs/network-policies.ts';
import { OpenFaasFunction } from '../constructs/openfaas-function.ts';
import { Prometheus } from '../constructs/prometheus.ts';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import type { Platform } from '../platform/platform.ts';
import { canonical } from './canonical.ts';
import type { Renderer } from './renderer.ts';

/** One file below `manifests/`: a concern, and where in the config it comes from. */
interface Concern {
  readonly file: string;
  readonly source: ConfigPath;
  readonly build: (scope: Construct) => void;
}

/** In the order in which they are applied. */
function concerns(platform: Platform): Concern[] {
  const { openfaas, k3s, functions, timeouts } = platform;
  const source = ['openfaas'];
  return [
    {
      file: '00-namespaces.yaml',
      source,
      build: (scope) =>
        new Namespaces(scope, 'namespaces', {
          names: [openfaas.namespace, openfaas.functionNamespace],
          minor: k3s.minor,
        }),
    },
    {
      file: '10-network-policies.yaml',
      source,
      build: (scope) =>
        new NetworkPolicies(scope, 'network-policies', {
          openfaas,
          k3s,
          severalNodes: platform.nodes.length > 1,
        }),
    },
    {
      file: '20-prometheus.yaml',
      source,
      build: (scope) => new Prometheus(scope, 'prometheus', { openfaas, functions }),
    },
    ...(openfaas.autoscaling
      ? [
          {
            file: '30-alertmanager.yaml',
            source: ['openfaas', 'autoscaling'],
            build: (scope: Construct) => void new Alertmanager(scope, 'alertmanager', { openfaas }),
          },
        ]
      : []),
    ...(openfaas.async
      ? [
          {
            file: '40-nats.yaml',
            source: ['openfaas', 'async'],
            build: (scope: Construct) => void new Nats(scope, 'nats', { openfaas }),
          },
        ]
      : []),
    {
      file: '50-gateway.yaml',
      source,
      build: (scope) => new Gateway(scope, 'gateway', { openfaas, timeouts }),
    },
    {
      file: '60-functions.yaml',
      source: ['functions'],
      build: (scope) => {
        for (const fn of functions) {
          new OpenFaasFunction(scope, fn.name, { namespace: openfaas.functionNamespace, fn });
        }
      },
    },
  ];
}

/** The Kubernetes manifests, one file per concern. */
export const renderManifests: Renderer = ({ platform, marker }) =>
  concerns(platform).map(({ file, source, build }): Artifact => {
    const chart = new Chart(new App(), 'chart');
    build(chart);
    const objects: unknown[] = chart.toJson();
    const text = objects.map((object) => printYaml(canonical(object))).join('---\n');
    return { path: `manifests/${file}`, kind: 'manifest', text: `# ${marker}\n${text}`, source };
  });
