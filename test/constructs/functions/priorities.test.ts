import { expect, it } from 'vitest';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects } from '../emitted-objects.ts';

const image = 'ghcr.io/acme/x:1';

/** On Kubernetes 1.36, whose K3s had it the other way round, a copy with a class was there 48 s after the others. */
it('the classes of priorities come before every Deployment', () => {
  const kinds = emittedObjects(
    platformWith({ functions: { pay: { image, priority: 'high' }, report: { image, priority: 'low' } } }),
  ).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'PriorityClass')).toHaveLength(2);
  expect(kinds.lastIndexOf('PriorityClass')).toBeLessThan(kinds.indexOf('Deployment'));
});

it('without priorities there are no classes', () => {
  const kinds = emittedObjects(platformWith({ functions: { pay: { image } } })).map(({ kind }) => kind);
  expect(kinds).not.toContain('PriorityClass');
});
