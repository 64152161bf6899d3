import { describe, expect, it } from 'vitest';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const image = 'ghcr.io/acme/x:1';
const config = platformWith({
  functions: {
    shop: { image, calls: ['price', 'mail'] },
    price: { image, expose: true, direct: true, calls: ['price'] },
    mail: { image, expose: false },
  },
});
const objects = emittedObjects(config);
const pods = (name: string) => ({ podSelector: { matchLabels: { faas_function: name } } });
const port = [{ port: 8080, protocol: 'TCP' }];

describe('a declared call', () => {
  it('gives the caller an address, through the gateway or direct', () => {
    const { env } = objectIn(objects, 'Deployment', 'shop').spec.template.spec.containers[0] ?? {};
    expect(env).toContainEqual({
      name: 'FUNCTION_MAIL_URL',
      value: 'http://gateway.openfaas.svc.cluster.local:8080/function/mail',
    });
    expect(env).toContainEqual({
      name: 'FUNCTION_PRICE_URL',
      value: 'http://price.openfaas-fn.svc.cluster.local:8080',
    });
  });

  it('opens egress of the caller, and ingress of a direct callee', () => {
    expect(objectIn(objects, 'NetworkPolicy', 'function-shop').spec).toEqual({
      ...pods('shop'),
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openfaas' } },
              podSelector: { matchLabels: { app: 'gateway' } },
            },
          ],
          ports: port,
        },
        { to: [pods('price')], ports: port },
      ],
    });
    expect(objectIn(objects, 'NetworkPolicy', 'function-price').spec).toEqual({
      ...pods('price'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [pods('price'), pods('shop')], ports: port }],
      egress: [{ to: [pods('price')], ports: port }],
    });
  });

  it('is the only kind that opens anything', () => {
    const names = objects
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'openfaas-fn')
      .map(({ metadata }) => metadata.name);
    expect(names.sort()).toEqual(['function-price', 'function-shop', 'functions']);
  });
});

it("lets nginx of another node into a direct function, by the pods' range", () => {
  const several = emittedObjects({
    ...config,
    nodes: {
      a: { role: 'server', address: '192.0.2.1' },
      b: { role: 'agent', address: '192.0.2.2' },
    },
  });
  expect(objectIn(several, 'NetworkPolicy', 'function-price').spec.ingress).toEqual([
    { from: [pods('price'), pods('shop'), { ipBlock: { cidr: '10.42.0.0/16' } }], ports: port },
  ]);
});
