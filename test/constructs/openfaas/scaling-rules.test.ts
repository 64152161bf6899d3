import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { large, platformWith } from '../../platform/edit.ts';
import { type Emitted, emittedObjects, objectIn } from '../emitted-objects.ts';

const image = 'ghcr.io/acme/x:1';
const objects = emittedObjects(
  platformWith({
    nodes: { 'node-1': large },
    functions: {
      two: { image, replicas: { min: 2, max: 5 } },
      one: { image, replicas: { min: 1, max: 3, rate: '30r/m' } },
      'one-more': { image },
      fixed: { image, replicas: { min: 2, max: 2 } },
      straight: { image, direct: true, replicas: { min: 2, max: 4 } },
    },
  }),
);

interface Alert {
  readonly alert: string;
  readonly expr: string;
}

function alerts(of: readonly Emitted[]): Alert[] {
  const text = objectIn(of, 'ConfigMap', 'prometheus-config', 'openfaas').data?.['alert.rules.yml'] ?? '';
  const { groups } = parse(text) as { groups: { rules: Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

describe('the alerts', () => {
  it('have one rule for each rate', () => {
    const calls = 'sum(rate(gateway_function_invocation_total{code="200",function_name=~"';
    expect(alerts(objects).map(({ alert, expr }) => [alert, expr])).toEqual([
      ['APIHighInvocationRate', `${calls}one([.]openfaas-fn)?"}[30s])) by (function_name) > 0.5`],
      ['APIHighInvocationRate', `${calls}(one-more|two)([.]openfaas-fn)?"}[30s])) by (function_name) > 5`],
    ]);
  });

  it("match a function's name with and without its namespace, and no longer name", () => {
    const pattern = /function_name=~"([^"]+)"/.exec(alerts(objects)[0]?.expr ?? '')?.[1];
    // Prometheus matches the whole value.
    const matches = (name: string) => new RegExp(`^(?:${pattern})$`).test(name);
    expect(['one', 'one.openfaas-fn'].map(matches)).toEqual([true, true]);
    expect(['one-more', 'a-one', 'one.openfaas', 'oneXopenfaas-fn', 'two'].some(matches)).toBe(false);
  });

  it('are absent if nothing is scaled', () => {
    const quiet = emittedObjects(platformWith({ functions: { fixed: { image, replicas: { max: 1 } } } }));
    expect(alerts(quiet)).toEqual([]);
  });
});

describe('replicas', () => {
  const replicas = (name: string) => objectIn(objects, 'Deployment', name).spec.replicas;

  it('are set if nothing scales the function', () => expect(replicas('fixed')).toBe(2));

  it.each(['one', 'one-more', 'two', 'straight'])('are not set for %s, which something scales', (name) =>
    expect(replicas(name)).toBeUndefined(),
  );

  it("of a direct function are set by an autoscaler with the function's limits", () => {
    expect(objectIn(objects, 'HorizontalPodAutoscaler', 'straight').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'straight' },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    });
  });

  it('of a function that the gateway scales are kept at the minimum by an autoscaler that does nothing else', () => {
    expect(objectIn(objects, 'HorizontalPodAutoscaler', 'two').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'two' },
      minReplicas: 2,
      maxReplicas: 5,
      behavior: { scaleUp: { selectPolicy: 'Disabled' }, scaleDown: { selectPolicy: 'Disabled' } },
    });
  });

  it('need no autoscaler if one copy is enough, or if nothing scales the function', () => {
    const scaled = objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ metadata }) => metadata.name);
    expect(scaled.sort()).toEqual(['straight', 'two']);
  });
});

/** What the community edition's gateway makes of an alert: `CalculateReplicas`, its notifications and its clamp. */
function afterAlert(
  state: 'firing' | 'resolved',
  now: number,
  min: number,
  max: number,
  factor: number,
): number {
  const step = Math.ceil((Math.min(max, 5) / 100) * factor);
  if (state === 'resolved' || step === 0) return min;
  return Math.min(now + step, Math.min(max, 5));
}

/** A cluster with one function: what an apply of its manifest and what alerts do to the number of copies. */
class Cluster {
  copies: number | undefined;
  private readonly manifest: Emitted;
  private readonly min: number;
  private readonly max: number;
  private readonly autoscaler: Emitted | undefined;

  constructor(manifest: Emitted, autoscaler?: Emitted) {
    this.autoscaler = autoscaler;
    const { labels } = manifest.spec.template.metadata;
    this.manifest = manifest;
    this.min = Number(labels['com.openfaas.scale.min']);
    this.max = Number(labels['com.openfaas.scale.max']);
  }

  /** Sets what the manifest states. The API server starts a new Deployment that states nothing with 1. */
  apply(): void {
    this.copies = this.manifest.spec.replicas ?? this.copies ?? 1;
  }

  alert(state: 'firing' | 'resolved'): void {
    if (this.copies !== undefined) this.copies = afterAlert(state, this.copies, this.min, this.max, 10);
  }

  /** What the autoscaler does at its next look: with both directions disabled, nothing between the bounds. */
  settle(): void {
    const { minReplicas = 1, maxReplicas = 100 } = (this.autoscaler?.spec ?? {}) as {
      minReplicas?: number;
      maxReplicas?: number;
    };
    if (this.copies !== undefined) this.copies = Math.min(Math.max(this.copies, minReplicas), maxReplicas);
  }
}

describe('a manifest that is applied again and again', () => {
  const step = fc.constantFrom('apply', 'busy', 'quiet', 'lost a copy');

  it.each(['one', 'two'])(
    'never changes the number of copies of %s, and none is missing in the end',
    (name) => {
      fc.assert(
        fc.property(fc.array(step), (steps) => {
          const cluster = new Cluster(
            objectIn(objects, 'Deployment', name),
            objects.find(
              ({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === name,
            ),
          );
          cluster.apply();
          cluster.settle();
          for (const each of steps) {
            const before = cluster.copies;
            if (each === 'apply') {
              cluster.apply();
              expect(cluster.copies).toBe(before);
            }
            if (each === 'busy') cluster.alert('firing');
            if (each === 'quiet') cluster.alert('resolved');
            if (each === 'lost a copy') cluster.copies = 1;
            cluster.settle();
            expect(cluster.copies).toBeGreaterThanOrEqual(name === 'two' ? 2 : 1);
            expect(cluster.copies).toBeLessThanOrEqual(name === 'two' ? 5 : 3);
          }
        }),
      );
    },
  );

  it('would undo scaling if it set the number', () => {
    const manifest = objectIn(objects, 'Deployment', 'two');
    const cluster = new Cluster({ ...manifest, spec: { ...manifest.spec, replicas: 2 } });
    cluster.apply();
    cluster.alert('firing');
    expect(cluster.copies).toBe(3);
    cluster.apply();
    expect(cluster.copies).toBe(2);
  });
});
