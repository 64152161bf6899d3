import { describe, expect, it } from 'vitest';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const objects = emittedObjects(
  platformWith({
    functions: {
      pay: {
        image: 'ghcr.io/acme/pay:1',
        env: { fprocess: 'node index.js', A: 'b' },
        secrets: ['signing-key', 'api-key'],
        replicas: { min: 2, max: 4, factor: 30 },
        labels: { team: 'money' },
        annotations: { topic: 'payments' },
      },
      plain: { image: 'ghcr.io/acme/plain:1', replicas: { min: 1, max: 1 } },
    },
  }),
);

const names = ['pay', 'plain'];
const deployment = (name: string) => objectIn(objects, 'Deployment', name);
const template = (name: string) => deployment(name).spec.template;
const container = (name: string) => template(name).spec.containers[0];

describe.each(names)('the community edition finds the function %s:', (name) => {
  it('lists it: a Deployment in its namespace with the label faas_function', () => {
    expect(deployment(name).metadata.namespace).toBe('openfaas-fn');
    expect(deployment(name).metadata.labels).toHaveProperty('faas_function');
  });

  it('counts functions by that label, so nothing else in the namespace has it', () => {
    const counted = objects.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.labels?.faas_function !== undefined,
    );
    expect(counted.map(({ metadata }) => metadata.name).sort()).toEqual(names);
  });

  it('reads its status and scales it by a Deployment with exactly its name', () => {
    expect(deployment(name).metadata.name).toBe(name);
  });

  it('calls it at port 8080 of its pods, which it finds by the Endpoints of a Service with its name', () => {
    const service = objectIn(objects, 'Service', name);
    expect(service.spec.selector).toEqual({ faas_function: name });
    expect(template(name).metadata.labels).toMatchObject(service.spec.selector);
    expect(service.spec.ports).toEqual([{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }]);
    expect(container(name)?.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
  });

  it('reads containers[0], which has its name', () => {
    expect(template(name).spec.containers.map((each) => each.name)).toEqual([name]);
  });

  it('follows the logs of pods with the label faas_function', () => {
    expect(template(name).metadata.labels.faas_function).toBe(name);
  });

  it('deletes it by the label on the Deployment, and its Service', () => {
    expect(deployment(name).metadata.labels?.faas_function).toBe(name);
    expect(objectIn(objects, 'Service', name).metadata.namespace).toBe('openfaas-fn');
  });

  it('keeps its copies between 1 and 5, so the manifest asks for no other number', () => {
    const { labels } = template(name).metadata;
    expect(Number(labels['com.openfaas.scale.min'])).toBeGreaterThanOrEqual(1);
    expect(Number(labels['com.openfaas.scale.max'])).toBeLessThanOrEqual(5);
    expect(deployment(name).spec.replicas ?? 1).toBeGreaterThanOrEqual(1);
  });

  it('selects pods only by faas_function', () => {
    expect(deployment(name).spec.selector).toEqual({ matchLabels: { faas_function: name } });
  });
});

describe('what the community edition shows of a function', () => {
  it('its scaling limits, from labels of the pod template', () => {
    expect(template('pay').metadata.labels).toEqual({
      faas_function: 'pay',
      team: 'money',
      'com.openfaas.scale.min': '2',
      'com.openfaas.scale.max': '4',
      'com.openfaas.scale.factor': '30',
    });
  });

  it('its process, from the variable fprocess', () => {
    expect(container('pay')?.env).toContainEqual({ name: 'fprocess', value: 'node index.js' });
  });

  it('its annotations, from the pod template', () => {
    expect(template('pay').metadata.annotations).toEqual({
      topic: 'payments',
      'prometheus.io.scrape': 'false',
    });
  });

  it('its secrets, from a projected volume named <name>-projected-secrets', () => {
    expect(template('pay').spec.volumes.find(({ name }) => name === 'pay-projected-secrets')).toEqual({
      name: 'pay-projected-secrets',
      projected: { sources: [{ secret: { name: 'api-key' } }, { secret: { name: 'signing-key' } }] },
    });
    expect(container('pay')?.volumeMounts).toContainEqual({
      name: 'pay-projected-secrets',
      mountPath: '/var/openfaas/secrets',
      readOnly: true,
    });
  });

  it('no secrets for a function without any: another volume with that name would crash the lister', () => {
    expect(template('plain').spec.volumes.map(({ name }) => name)).toEqual(['temp']);
  });
});

describe('at least as strict as what the provider would create', () => {
  it('replaces copies one by one, and starts the new copy first', () => {
    expect(deployment('pay').spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  it('checks /_/health before it uses a copy, and gives a slow copy two minutes to start', () => {
    const httpGet = { path: '/_/health', port: 8080 };
    const pay = container('pay');
    expect([pay?.livenessProbe, pay?.readinessProbe, pay?.startupProbe]).toMatchObject([
      { httpGet },
      { httpGet },
      { httpGet },
    ]);
    expect(pay?.startupProbe).toMatchObject({ periodSeconds: 1, failureThreshold: 120 });
  });

  it('meets the Pod Security level "restricted", without a token', () => {
    expect(template('pay').spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 12000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container('pay')?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  it('lets calls finish: the sleep, the longest call and its answer fit into the grace period', () => {
    const value = (name: string) =>
      Number.parseInt(container('pay')?.env.find((each) => each.name === name)?.value ?? '', 10);
    expect(value('exec_timeout')).toBeLessThan(value('write_timeout'));
    const { lifecycle } = container('pay') as { lifecycle?: { preStop: { sleep: { seconds: number } } } };
    const sleep = lifecycle?.preStop.sleep.seconds ?? Number.NaN;
    expect(sleep + value('healthcheck_interval') + value('write_timeout')).toBeLessThanOrEqual(
      template('pay').spec.terminationGracePeriodSeconds,
    );
  });
});
