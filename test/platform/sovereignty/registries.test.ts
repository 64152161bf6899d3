import { describe, expect, it } from 'vitest';
import type { K3sConfig } from '../../../src/config/k3s/k3s.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { imageSources, registryOf } from '../../../src/platform/k3s/image-sources.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const own = 'registry.example.no';
const allOfOwn = {
  gateway: `${own}/gateway:1`,
  provider: `${own}/provider:1`,
  queueWorker: `${own}/queue-worker:1`,
  nats: `${own}/nats:1`,
  prometheus: `${own}/prometheus:1`,
  alertmanager: `${own}/alertmanager:1`,
  curl: `${own}/curl:1`,
};

function reported(k3s: K3sConfig, changes: Partial<PlatformConfig> = {}): string[] {
  const config = platformWith({
    k3s: { allowedRegistries: [own], systemDefaultRegistry: own, ...k3s },
    openfaas: { licence: 'personal', startCheck: 'accepted', images: allOfOwn },
    functions: { pay: { image: `${own}/pay:1` } },
    ...changes,
  });
  return resolve(config)[1].map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('allowed registries', () => {
  it('have nothing against their own images', () => expect(reported({})).toEqual([]));

  it('refuse the image of a function where it is written', () =>
    expect(reported({}, { functions: { pay: { image: 'ghcr.io/acme/pay:1' } } })).toEqual([
      'resolve/registry-not-allowed functions.pay.image',
    ]));

  it('refuse an image without a host, which is in docker.io', () =>
    expect(reported({}, { functions: { pay: { image: 'acme/pay:1' } } })).toEqual([
      'resolve/registry-not-allowed functions.pay.image',
    ]));

  it("refuse OpenFaaS' images where they would be written, those alone that are used", () =>
    expect(reported({}, { openfaas: { licence: 'personal', startCheck: 'accepted', async: false } })).toEqual(
      ['gateway', 'provider', 'prometheus', 'alertmanager', 'curl'].map(
        (part) => `resolve/registry-not-allowed openfaas.images.${part}`,
      ),
    ));

  it('that nothing comes from are named where something is refused', () =>
    expect(reported({ allowedRegistries: ['registry.exmaple.no'] })).toContain(
      'resolve/registry-unused k3s.allowedRegistries.0',
    ));

  it("refuse K3s' own images", () =>
    expect(reported({ systemDefaultRegistry: undefined })).toEqual([
      'resolve/system-images-not-allowed k3s.systemDefaultRegistry',
    ]));

  const mirrors = { '*': { endpoints: [`https://${own}`] } };

  it('take any name where mirrors alone have the bytes', () =>
    expect(
      reported(
        { registries: { mirrors, mirrorsOnly: true }, systemDefaultRegistry: undefined },
        { functions: { pay: { image: 'ghcr.io/acme/pay:1' } } },
      ),
    ).toEqual([]));

  it('refuse a name whose registry is still asked when the mirror has nothing', () =>
    expect(
      reported({ registries: { mirrors } }, { functions: { pay: { image: 'ghcr.io/acme/pay:1' } } }),
    ).toEqual(['resolve/registry-not-allowed functions.pay.image']));

  it('refuse a mirror where it is written', () =>
    expect(
      reported({
        registries: { mirrors: { 'quay.io': { endpoints: [`https://${own}`, 'http://10.0.0.1:5000'] } } },
      }),
    ).toEqual(['resolve/mirror-not-allowed k3s.registries.mirrors.quay.io.endpoints.1']));

  it('say of a chart that its images are not seen', () =>
    expect(reported({}, { openfaas: { edition: 'pro' } }).filter((one) => one.includes('chart'))).toEqual([
      'resolve/chart-images-unchecked openfaas.edition',
    ]));
});

describe('where an image comes from', () => {
  it.each([
    ['ghcr.io/acme/pay:1', 'ghcr.io'],
    ['registry.example.no:5000/pay:1', 'registry.example.no:5000'],
    ['localhost/pay:1', 'localhost'],
    ['acme/pay:1', 'docker.io'],
    ['pay:1.2', 'docker.io'],
    [`pay@sha256:${'a'.repeat(64)}`, 'docker.io'],
  ])('%s is of %s', (image, registry) => expect(registryOf(image)).toBe(registry));

  it('a mirror of its own goes before one of all', () => {
    const endpoints = new Map([
      ['*', ['https://all.example.no/v2']],
      ['quay.io', ['http://10.0.0.1:5000']],
    ]);
    expect(imageSources('quay.io', { endpoints, only: false })).toEqual(['10.0.0.1:5000', 'quay.io']);
    expect(imageSources('ghcr.io', { endpoints, only: true })).toEqual(['all.example.no']);
    expect(imageSources('ghcr.io', { endpoints: new Map(), only: true })).toEqual(['ghcr.io']);
  });
});
