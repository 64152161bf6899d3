import { describe, expect, it } from 'vitest';
import { check } from '../../../../src/config/check/check.ts';
import { foreignFunctionKeys } from '../../../../src/config/check/foreign/functions.ts';
import { smallest } from '../../../cases/smallest.ts';

function said(key: string): string[] {
  const functions = { pay: { image: 'ghcr.io/acme/pay:1', [key]: 'x' } };
  return check({ ...smallest, functions }).map(
    ({ code, path, message, hint }) => `${code} ${path.join('.')}: ${message}; ${hint}`,
  );
}

describe('a key of functions that comes from elsewhere', () => {
  it.each(Object.entries(foreignFunctionKeys))('%s is explained', (name, { code, instead }) => {
    const key = name.split('.').at(-1) ?? '';
    expect(said(key)).toEqual([expect.stringMatching(new RegExp(`^${code} functions.pay.${key}: `))]);
    expect(said(key)[0]).toContain(instead);
  });

  it('says why the community edition has none', () => {
    expect(said('constraints')).toEqual([
      "check/pro-only-key functions.pay.constraints: 'constraints' is available only in OpenFaaS Pro; remove it; to keep copies on different nodes, write spread: 'required'",
    ]);
    expect(said('imagePullSecrets')[0]).toContain('functions do not log in to registries');
  });
});
