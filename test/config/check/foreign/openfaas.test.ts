import { describe, expect, it } from 'vitest';
import { check } from '../../../../src/config/check/check.ts';
import { foreignOpenfaasKeys } from '../../../../src/config/check/foreign/openfaas.ts';
import { smallest } from '../../../cases/smallest.ts';

function reported(extra: object): string[] {
  return check({ ...smallest, ...extra }).map(({ code, path, at }) => `${code} ${path.join('/')} ${at}`);
}

describe('flags of OpenFaaS', () => {
  it('of the well-known recipe get three answers', () => {
    const openfaas = { loadBalancer: true, gateway: { directFunctions: true }, faasIdler: { dryRun: false } };
    expect(reported({ openfaas })).toEqual([
      'check/load-balancer-exposes openfaas/loadBalancer key',
      'check/direct-functions-dead openfaas/gateway/directFunctions key',
      'check/faas-idler-gone openfaas/faasIdler/dryRun key',
    ]);
  });

  it.each([
    [{ openfaas: { directFunctions: true } }, 'check/direct-functions-dead openfaas/directFunctions key'],
    [{ gateway: { directFunctions: true } }, 'check/direct-functions-dead gateway/directFunctions key'],
    [{ faasIdler: {} }, 'check/faas-idler-gone faasIdler key'],
    [
      { openfaas: { 'gateway.directFunctions': true } },
      'check/direct-functions-dead openfaas/gateway.directFunctions key',
    ],
    [
      { openfaas: { set: { 'gateway.directFunctions': 'true' } } },
      'check/direct-functions-dead openfaas/set/gateway.directFunctions key',
    ],
    [
      { openfaas: { set: ['gateway.directFunctions=true', 'faasIdler.dryRun=false'] } },
      'check/direct-functions-dead openfaas/set/0 key',
      'check/faas-idler-gone openfaas/set/1 key',
    ],
    [
      { openfaas: { values: { gateway: { upstreamTimeout: '5m' } } } },
      'check/chart-value openfaas/values/gateway/upstreamTimeout key',
    ],
    [{ openfaas: { serviceType: 'LoadBalancer' } }, 'check/load-balancer-exposes openfaas/serviceType key'],
    [{ openfaas: { exposeServices: true } }, 'check/load-balancer-exposes openfaas/exposeServices key'],
    [{ openfaas: { operator: { create: true } } }, 'check/operator-of-pro openfaas/operator key'],
    [{ openfaas: { basic_auth: false } }, 'check/basic-auth-always openfaas/basic_auth key'],
    [{ openfaas: { generateBasicAuth: true } }, 'check/basic-auth-always openfaas/generateBasicAuth key'],
    [{ openfaas: { password: 'x' } }, 'check/password-in-config openfaas/password key'],
    [{ openfaas: { openfaasPro: true } }, 'check/chart-value openfaas/openfaasPro key'],
  ])('%j', (extra, ...expected) => expect(reported(extra)).toEqual(expected));

  it('that are unknown even to the chart are unknown keys', () => {
    expect(reported({ openfaas: { frobnicate: { deeply: true } } })).toEqual([
      'check/unknown-key openfaas/frobnicate key',
    ]);
  });

  it('say what each does, and what to write', () => {
    const [diagnostic] = check({ ...smallest, openfaas: { directFunctions: true } });
    expect(diagnostic?.message).toContain('community edition');
    expect(diagnostic?.hint).toContain('direct: true');
  });

  it('are no keys that a config has', () => {
    const config: unknown = {
      ...smallest,
      openfaas: Object.fromEntries(
        Object.keys(foreignOpenfaasKeys).flatMap((name) => {
          const [first, second, third] = name.split('.');
          return first === 'openfaas' && second !== undefined && third === undefined ? [[second, {}]] : [];
        }),
      ),
    };
    const codes = new Set(check(config).map(({ code }) => code));
    expect([...codes].filter((code) => code === 'check/wrong-type')).toEqual([]);
  });
});
