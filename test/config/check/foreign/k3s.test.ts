import { describe, expect, it } from 'vitest';
import { check } from '../../../../src/config/check/check.ts';
import { foreignK3sKeys } from '../../../../src/config/check/foreign/k3s.ts';
import { smallest } from '../../../cases/smallest.ts';

describe("a key of K3s' own configuration", () => {
  it.each(Object.entries(foreignK3sKeys))('%s is explained', (name, { code, instead }) => {
    const key = name.replace(/^k3s\./, '');
    const [found, ...more] = check({ ...smallest, k3s: { [key]: 'x' } });
    expect(found).toMatchObject({ code, path: ['k3s', key], hint: instead });
    expect(more).toEqual([]);
  });

  it('is known in the spelling of K3s and in ours', () => {
    expect(Object.keys(foreignK3sKeys)).toEqual(
      expect.arrayContaining(['k3s.disable', 'k3s.kubelet-arg', 'k3s.kubeletArg', 'k3s.agentToken']),
    );
  });
});
