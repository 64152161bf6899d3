import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { large, platformWith } from '../platform/edit.ts';
import { ControlPlane } from './control-plane.ts';

const image = 'ghcr.io/acme/x:1';
const { artifacts } = compileConfig(
  platformWith({
    nodes: { 'node-1': large },
    functions: {
      hot: { image, replicas: { min: 2, max: 5 } },
      straight: { image, direct: true, replicas: { min: 3, max: 5 } },
      fixed: { image, replicas: { min: 2, max: 2 } },
      one: { image },
    },
  }),
  'platform.config.ts',
);
const manifests = artifacts
  .filter(({ path }) => /^manifests\/\d/.test(path))
  .map(({ text }) => text)
  .join('---\n');

const kubernetes = new ControlPlane();
beforeAll(() => kubernetes.ready());
afterAll(() => kubernetes.stop());

function copies(name: string): number {
  const { spec } = kubernetes.get('-n', 'openfaas-fn', 'deployment', name) as { spec: { replicas: number } };
  return spec.replicas;
}

/** By the scale subresource, as the gateway's provider and autoscalers do. */
function scale(name: string, to: number): void {
  kubernetes.must(kubernetes.kubectl('-n', 'openfaas-fn', 'scale', 'deployment', name, `--replicas=${to}`));
}

/** Seconds until there are so many. */
async function until(name: string, wanted: number): Promise<number> {
  const start = Date.now();
  while (copies(name) !== wanted) {
    if (Date.now() > start + 60_000) throw new Error(`${name} has ${copies(name)} copies`);
    await wait(500);
  }
  return (Date.now() - start) / 1000;
}

/** Longer than the autoscaler waits between two looks. */
const aLook = 20_000;

describe('copies, by a real Kubernetes without metrics, Prometheus or a gateway', () => {
  it('are the minimum soon after the first apply by K3s', async () => {
    kubernetes.applyAsK3s('fjord.yaml', manifests);
    const took = await Promise.all([
      until('hot', 2),
      until('straight', 3),
      until('fixed', 2),
      until('one', 1),
    ]);
    process.stdout.write(`seconds to the minimum: ${took.join(', ')}\n`);
    const pods = kubernetes.get('-n', 'openfaas-fn', 'pods', '-l', 'faas_function=hot') as {
      items: unknown[];
    };
    expect(pods.items.length).toBe(2);
  });

  it.each(['applyAsK3s', 'applyAsFlux', 'applyAsArgo'] as const)(
    'that came by a scaling stay, whoever applies again: %s',
    async (apply) => {
      scale('hot', 4);
      scale('straight', 4);
      for (let time = 0; time < 2; time += 1) kubernetes[apply]('fjord.yaml', manifests);
      expect([copies('hot'), copies('straight')]).toEqual([4, 4]);
      // Nor does the autoscaler move them.
      await wait(aLook);
      expect([copies('hot'), copies('straight')]).toEqual([4, 4]);
    },
  );

  it('that are taken away come back', async () => {
    scale('hot', 1);
    process.stdout.write(`seconds until they are back: ${await until('hot', 2)}\n`);
  });

  it('would be lost to a scaling, or missing, if a manifest stated them, or nothing kept them', async () => {
    const deployment = (name: string, replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default }
spec:
  ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: a, image: a }] }
`;
    const text = `${deployment('stated', 'replicas: 2')}---\n${deployment('alone', 'paused: false')}`;
    const now = () =>
      ['stated', 'alone'].map(
        (name) => (kubernetes.get('deployment', name) as { spec: { replicas: number } }).spec.replicas,
      );
    kubernetes.applyAsK3s('before.yaml', text);
    await wait(aLook);
    expect(now()).toEqual([2, 1]);
    kubernetes.must(kubernetes.kubectl('scale', 'deployment', 'stated', '--replicas=4'));
    kubernetes.applyAsK3s('before.yaml', text);
    expect(now()).toEqual([2, 1]);
  });
});

const metricsApi = `apiVersion: v1
kind: Service
metadata: { name: metrics, namespace: kube-system }
spec: { ports: [{ port: 443, targetPort: 9443 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: metrics, namespace: kube-system }
subsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 9443 }] }]
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: { namespace: kube-system, name: metrics, port: 443 }
`;

/** Says of every pod what a kubelet would say of one that is well, and that it uses far more than it asked for. */
function makeBusy(): void {
  const { items } = kubernetes.get('-n', 'openfaas-fn', 'pods') as {
    items: { metadata: { name: string } }[];
  };
  const since = new Date(Date.now() - 600_000).toISOString();
  const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: since }];
  const status = JSON.stringify({ status: { phase: 'Running', startTime: since, conditions } });
  for (const { metadata } of items) {
    const patch = ['patch', 'pod', metadata.name, '--subresource', 'status', '--type', 'merge', '-p', status];
    kubernetes.must(kubernetes.kubectl('-n', 'openfaas-fn', ...patch));
  }
  kubernetes.file('pods.json', JSON.stringify(items));
}

describe('copies, with metrics by which every one is far too busy', () => {
  it('of a direct function come up to its maximum, and of the one that the gateway scales not one does', async () => {
    const { directory } = kubernetes;
    scale('hot', 3);
    scale('straight', 3);
    await wait(2000);
    makeBusy();
    const [key, certificate] = [`${directory}/certs/apiserver.key`, `${directory}/certs/apiserver.crt`];
    const stub = new URL('metrics.mjs', import.meta.url).pathname;
    kubernetes.start(process.execPath, stub, key, certificate, `${directory}/pods.json`);
    kubernetes.applyAsArgo('metrics.yaml', metricsApi);
    await until('straight', 5);
    await wait(aLook);
    const active = (name: string) => {
      const { status } = kubernetes.get('-n', 'openfaas-fn', 'hpa', name) as {
        status: { conditions: { type: string; status: string }[] };
      };
      return status.conditions.find(({ type }) => type === 'ScalingActive')?.status;
    };
    // Its autoscaler has read them, too.
    expect([active('straight'), active('hot'), copies('hot')]).toEqual(['True', 'True', 3]);
  });
});

describe('how pods stop, by a real Kubernetes', () => {
  it('is kept as it is written: Kubernetes refuses a sleep that is not shorter than the grace', () => {
    const of = (namespace: string, name: string) => {
      const { spec } = kubernetes.get('-n', namespace, 'deployment', name) as {
        spec: {
          template: {
            spec: {
              terminationGracePeriodSeconds: number;
              containers: { lifecycle?: { preStop?: { sleep?: { seconds: number } } } }[];
            };
          };
        };
      };
      const { terminationGracePeriodSeconds: grace, containers } = spec.template.spec;
      return [grace, ...containers.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds)];
    };
    expect(of('openfaas', 'gateway')).toEqual([70, 60, 60]);
    expect(of('openfaas-fn', 'hot')).toEqual([45, 5]);
    expect(of('openfaas-fn', 'straight')).toEqual([65, 25]);
  });
});
