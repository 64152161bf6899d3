import { describe, expect, it } from 'vitest';
import { checkKubernetesObject, kubernetesMinors } from '../../src/verify/kubernetes-schema.ts';
import { everyOption } from '../cases/every-option.ts';
import { fifteen } from '../cases/fifteen.ts';
import { emittedObjects } from './emitted-objects.ts';

const objects = [...emittedObjects(fifteen), ...emittedObjects(everyOption)];

describe('the objects of functions with every option', () => {
  it.each(kubernetesMinors)('are right for Kubernetes %s', (minor) => {
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
