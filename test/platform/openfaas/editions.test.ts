import { describe, expect, it } from 'vitest';
import type { OpenFaasConfig } from '../../../src/config/openfaas/openfaas.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith, large, platformWith } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';

function reported(config: PlatformConfig): string[] {
  return resolve(config)[1].map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);
}

function many(count: number): PlatformConfig['functions'] {
  const fn = { image, cpu: { request: '1m' } };
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`fn-${index}`, fn]));
}

const nodes = { 'node-1': large };

const pro: OpenFaasConfig = { edition: 'pro' };
const helm: OpenFaasConfig = { install: 'helm', licence: 'personal', startCheck: 'accepted' };

describe('the community edition', () => {
  it('takes 15 functions and not the 16th', () => {
    expect(reported(platformWith({ nodes, functions: many(15) }))).toEqual([]);
    expect(reported(platformWith({ nodes, functions: many(16) }))).toEqual([
      'error resolve/too-many-functions functions',
    ]);
  });

  it('says what it tells Amazon where sovereignty matters, until that is accepted', () => {
    const config = platformWith({
      nodes: { 'node-1': { provider: 'coolvds', country: 'NO' } },
      sovereignty: { countries: ['NO'] },
    });
    expect(reported(config)).toEqual([]);
    expect(reported({ ...config, openfaas: { licence: 'personal' } })).toEqual([
      'warning resolve/community-tells-amazon openfaas.startCheck',
    ]);
  });

  it.each([
    '123456789012.dkr.ecr.eu-north-1.amazonaws.com/pay:1',
    'acme.azurecr.io/pay:1',
    'acme.jfrog.io/docker/pay:1',
    'registry.digitalocean.com/acme/pay:1',
  ])('is warned of the private image %s', (name) => {
    expect(reported(functionWith({ image: name }))).toEqual([
      'warning resolve/image-needs-login functions.pay.image',
    ]);
    expect(reported({ ...functionWith({ image: name }), openfaas: pro, nodes })).toEqual([]);
  });

  it.each(['docker.io/acme/pay:1', 'ghcr.io/acme/azurecr.io:1', 'azurecr.io.example.no/pay:1'])(
    'is not warned of the public image %s',
    (name) => expect(reported(functionWith({ image: name }))).toEqual([]),
  );
});

describe('the community edition by its chart', () => {
  const chart = (replicas: object): PlatformConfig => ({
    ...platformWith({ openfaas: helm, functions: { pay: { image, replicas } } }),
  });

  it('keeps what the chart scales', () => {
    expect(reported(chart({ min: 1, max: 4 }))).toEqual([]);
    expect(reported(chart({ min: 3, max: 3 }))).toEqual([]);
  });

  it('refuses a rate of its own and a minimum that nothing brings about', () => {
    expect(reported(chart({ min: 2, max: 4, rate: '9r/s' }))).toEqual([
      'error resolve/chart-fixed-rate functions.pay.replicas.rate',
      'error resolve/chart-below-minimum functions.pay.replicas',
    ]);
    expect(reported(chart({ min: 2 }))).toEqual(['error resolve/chart-below-minimum functions.pay.replicas']);
  });
});

describe('OpenFaaS Pro', () => {
  it('takes what the community edition does not', () => {
    expect(reported(platformWith({ nodes, openfaas: pro, functions: many(16) }))).toEqual([]);
    expect(
      reported({ ...functionWith({ replicas: { min: 0, max: 16 } }), nodes, openfaas: { edition: 'pro' } }),
    ).toEqual([]);
  });

  it('warns above what a Standard licence is for', () => {
    expect(reported(platformWith({ nodes, openfaas: pro, functions: many(501) }))).toEqual([
      'warning resolve/pro-too-many-functions functions',
    ]);
  });

  it('refuses what is of the other edition', () => {
    const openfaas: OpenFaasConfig = {
      edition: 'pro',
      install: 'native',
      licence: 'personal',
      startCheck: 'accepted',
      images: { nats: 'docker.io/library/nats:2', curl: 'docker.io/curlimages/curl:8' },
    };
    expect(reported(platformWith({ openfaas }))).toEqual([
      'error resolve/pro-needs-helm openfaas.install',
      'error resolve/licence-of-other-edition openfaas.licence',
      'error resolve/start-check-of-other-edition openfaas.startCheck',
      'error resolve/pro-image openfaas.images.nats',
    ]);
  });

  it('refuses what a Function cannot say', () => {
    const config = functionWith({ direct: true, priority: 'high', replicas: { factor: 20 } });
    expect(reported({ ...config, nodes, openfaas: pro })).toEqual(
      expect.arrayContaining([
        'error resolve/pro-without functions.pay.direct',
        'error resolve/pro-without functions.pay.priority',
        'error resolve/pro-without functions.pay.replicas.factor',
      ]),
    );
  });
});
