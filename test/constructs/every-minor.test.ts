import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { kubernetesMinors } from '../../src/kubernetes/minors.ts';
import { checkKubernetesObject } from '../../src/kubernetes/schema.ts';
import { everyOption } from '../cases/every-option.ts';
import { fifteen } from '../cases/fifteen.ts';
import { large, platformWith } from '../platform/edit.ts';
import { emittedObjects } from './emitted-objects.ts';

const objects = [...emittedObjects(fifteen), ...emittedObjects(everyOption)];

describe('the objects of functions with every option', () => {
  it.each(kubernetesMinors)('are valid for Kubernetes %s', (minor) => {
    const problems = objects.flatMap((object) => checkKubernetesObject(object, minor));
    expect(problems).toEqual([]);
  });

  it('are of every kind that functions need', () => {
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(
      new Set([
        'ConfigMap',
        'CronJob',
        'Deployment',
        'HorizontalPodAutoscaler',
        'Namespace',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'PriorityClass',
        'Role',
        'RoleBinding',
        'Service',
        'ServiceAccount',
      ]),
    );
  });
});

it('functions can have the names of other parts, and names that sort first', () => {
  const fn = {
    image: 'ghcr.io/acme/x:1',
    expose: false,
    schedule: '@daily',
    calls: ['policy'],
    priority: 'high',
  } as const;
  const names = ['0', 'policy', 'policies', 'priority-classes', 'schedules', 'gateway', 'gateway-policy'];
  const functions = Object.fromEntries(names.map((name) => [name, { ...fn, calls: ['policy'] }]));
  const { diagnostics } = compileConfig(
    platformWith({ nodes: { 'node-1': large }, functions }),
    'platform.config.ts',
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
