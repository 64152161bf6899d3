import { describe, expect, it } from 'vitest';
import type { K3sConfig } from '../../../src/config/k3s/k3s.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

function reported(image: string, k3s: K3sConfig = {}): string[] {
  const [, diagnostics] = resolve(platformWith({ functions: { pay: { image } }, k3s }));
  return diagnostics.map(({ code, message, hint }) => `${code}: ${message}; ${hint}`);
}

describe('the name of an image', () => {
  it.each([
    'ghcr.io/acme/pay:1',
    'acme/pay:1',
    'docker.io/library/nginx:1',
    'registry.example.no/pay:1',
    'index.docker.io/acme/pay:1',
    'gcr.io/acme/pay:1',
  ])('%s', (image) => expect(reported(image)).toEqual([]));

  it.each([
    [
      'gchr.io/acme/pay:1',
      "resolve/registry-misspelt: the registry 'gchr.io' is not 'ghcr.io', but looks like it; write 'ghcr.io/acme/pay:1'",
    ],
    ['gcrh.io/acme/pay:1', ''],
    ['ghrc.io/acme/pay:1', "write 'ghcr.io/acme/pay:1'"],
    [
      'localhost:5000/pay:1',
      'resolve/registry-is-node: on each node, the registry localhost:5000 is that node itself',
    ],
    ['registry/pay:1', "resolve/image-in-docker-hub: 'registry/pay:1' means 'docker.io/registry/pay:1'"],
    ['registry/acme/pay:1', "means 'docker.io/registry/acme/pay:1'"],
    ['docker.io/pay:1', "means 'docker.io/library/pay:1'"],
    ['pay:1', "means 'docker.io/library/pay:1'"],
    [
      'hub.docker.com/r/acme/pay:1',
      "resolve/image-from-website: 'hub.docker.com/r/acme/pay:1' is an address of the website docker.com, where no image can be pulled; write 'docker.io/acme/pay:1'",
    ],
    ['github.com/acme/pay:1', "write 'ghcr.io/acme/pay:1'"],
  ])('%s is answered', (image, expected) => expect(reported(image).join()).toContain(expected));

  it('is left alone where the config names the registry', () => {
    const configs = { 'gchr.io': { ca: '/etc/ca.pem' }, 'localhost:5000': { ca: '/etc/ca.pem' } };
    expect(reported('gchr.io/acme/pay:1', { registries: { configs } })).toEqual([]);
    expect(reported('localhost:5000/pay:1', { registries: { configs } })).toEqual([]);
  });
});
