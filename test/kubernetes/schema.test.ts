import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { kubernetesMinors } from '../../src/kubernetes/minors.ts';
import { checkKubernetesObject, customKinds } from '../../src/kubernetes/schema.ts';
import { customSamples, kubernetesSamples, type Sample } from './samples.ts';

function sample(kind: string, change: (object: Sample) => void = () => {}): Sample {
  const object = [...kubernetesSamples(), ...customSamples()].find((one) => one.kind === kind);
  if (!object) throw new Error(`no sample of ${kind}`);
  change(object);
  return object;
}

/** Sets (or, with undefined, removes) the value at a JSON pointer. */
function set(object: unknown, pointer: string, value: unknown): void {
  const keys = pointer.slice(1).split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((at, key) => (at as Sample)[key], object) as Sample;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

const container = '/spec/template/spec/containers/0';

describe('right objects', () => {
  it.each(kubernetesMinors)('of every kind pass in Kubernetes %s', (minor) => {
    for (const object of [...kubernetesSamples(), ...customSamples()]) {
      expect(checkKubernetesObject(object, minor), `${object.kind}`).toEqual([]);
    }
  });
});

describe('a Deployment with one fault', () => {
  const cases: [fault: string, at: string, value: unknown, pointer: string, message: string][] = [
    ['an unknown field', `${container}/prots`, [], `${container}/prots`, 'unknown key "prots"'],
    ['an unknown field at the top', '/replicas', 2, '/replicas', 'unknown key "replicas"'],
    ['a status', '/status', {}, '/status', 'unknown key "status"'],
    ['a field of the server', '/metadata/uid', 'x', '/metadata/uid', 'unknown key "uid"'],
    ['a string for a number', '/spec/replicas', '2', '/spec/replicas', '"2" must be an integer'],
    ['a fraction', '/spec/replicas', 1.5, '/spec/replicas', '1.5 must be an integer'],
    ['a negative number', '/spec/replicas', -1, '/spec/replicas', '-1 must be >= 0'],
    [
      'a number past 32 bits',
      '/spec/replicas',
      2 ** 31,
      '/spec/replicas',
      '2147483648 is not a number of 32 bits',
    ],
    ['a list for a mapping', '/metadata/labels', [], '/metadata/labels', 'a list must be an object'],
    ['a null', `${container}/command`, null, `${container}/command`, 'null must be a list'],
    ['a missing field', '/spec/selector', undefined, '/spec', 'the key "selector" is missing'],
    ['no name', '/metadata/name', undefined, '/metadata', 'the key "name" is missing'],
    ['no spec', '/spec', undefined, '', 'the key "spec" is missing'],
    [
      'no container',
      '/spec/template/spec/containers',
      [],
      '/spec/template/spec/containers',
      'must not be empty',
    ],
    [
      'a misspelt value',
      '/spec/strategy/type',
      'Recreat',
      '/spec/strategy/type',
      '"Recreat" is not one of "Recreate", "RollingUpdate"',
    ],
    [
      'a port out of range',
      `${container}/ports/0/containerPort`,
      65536,
      `${container}/ports/0/containerPort`,
      '65536 must be <= 65535',
    ],
    [
      'a number as an environment value',
      `${container}/env/0/value`,
      10,
      `${container}/env/0/value`,
      '10 must be a string',
    ],
    [
      'a wrong unit',
      `${container}/resources/limits/memory`,
      '128MB',
      `${container}/resources/limits/memory`,
      '"128MB" is not a quantity such as "100m", "0.5" or "128Mi"',
    ],
    [
      'a label with a space',
      '/metadata/labels/team',
      'a b',
      '/metadata/labels/team',
      expect.stringContaining('"a b" is not a label value'),
    ],
    [
      'a label key with a space',
      '/metadata/labels/a b',
      'x',
      '/metadata/labels/a b',
      expect.stringContaining('"a b" is not a label key'),
    ],
  ];

  it.each(cases)('%s', (_, at, value, pointer, message) => {
    const object = sample('Deployment', (one) => set(one, at, value));
    for (const minor of kubernetesMinors) {
      expect(checkKubernetesObject(object, minor)).toEqual([{ pointer, message }]);
    }
  });

  it('and with several has all of them, in their order', () => {
    const object = sample('Deployment', (one) => {
      set(one, `${container}/volumeMounts/1/mountpath`, '/x');
      set(one, `${container}/resources/requests/memery`, '1Gi');
      set(one, '/metadata/name', 'Verify');
      set(one, '/spec/template/metadata/labels/-', 'x');
    });
    expect(checkKubernetesObject(object, '1.36').map(({ pointer }) => pointer)).toEqual([
      '/metadata/name',
      '/spec/template/metadata/labels/-',
      `${container}/resources/requests/memery`,
      `${container}/volumeMounts/1/mountpath`,
    ]);
  });
});

describe('the minors', () => {
  const known: [field: string, kind: string, at: string, value: unknown, minors: string[]][] = [
    [
      'hostnameOverride',
      'Deployment',
      '/spec/template/spec/hostnameOverride',
      'a',
      ['1.34', '1.35', '1.36', '1.37'],
    ],
    ['workloadRef', 'Deployment', '/spec/template/spec/workloadRef', { name: 'a', podGroup: 'b' }, ['1.35']],
    ['schedulingGroup', 'Deployment', '/spec/template/spec/schedulingGroup', {}, ['1.36', '1.37']],
    ['protocol of a probe', 'Deployment', `${container}/livenessProbe/httpGet/protocol`, 'HTTP1', ['1.37']],
    ['scheduling of a Job', 'Job', '/spec/scheduling', {}, ['1.37']],
  ];

  it.each(known)('that know %s take it, the others call it unknown', (_, kind, at, value, minors) => {
    const object = sample(kind, (one) => set(one, at, value));
    const key = at.split('/').at(-1);
    for (const minor of kubernetesMinors) {
      const problems = minors.includes(minor) ? [] : [{ pointer: at, message: `unknown key "${key}"` }];
      expect(checkKubernetesObject(object, minor), minor).toEqual(problems);
    }
  });

  it('before 1.36 refuse a Service whose name begins with a digit', () => {
    const object = sample('Service', (one) => set(one, '/metadata/name', '3d-secure'));
    for (const minor of kubernetesMinors) {
      const pointers = checkKubernetesObject(object, minor).map(({ pointer }) => pointer);
      expect(pointers, minor).toEqual(minor < '1.36' ? ['/metadata/name'] : []);
    }
  });
});

describe('what is not an object of a known kind', () => {
  it.each([
    ['batch/v1beta1', 'CronJob'],
    ['extensions/v1beta1', 'Deployment'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['v1', 'Pod'],
    ['apps/v1', 'deployment'],
    ['apps/v1', 'toString'],
  ])('%s %s has no schema', (apiVersion, kind) => {
    const message = `no schema for ${apiVersion} ${kind} in Kubernetes 1.36`;
    expect(checkKubernetesObject({ ...sample('Deployment'), apiVersion, kind }, '1.36')).toEqual([
      { pointer: '/kind', message },
    ]);
  });

  it.each([
    [null, 'a Kubernetes object must be a mapping'],
    [[], 'a Kubernetes object must be a mapping'],
    ['Deployment', 'a Kubernetes object must be a mapping'],
    [{}, 'the key "apiVersion" is missing'],
    [{ apiVersion: 'v1' }, 'the key "kind" is missing'],
  ])('%j is one problem of the whole', (value, message) => {
    expect(checkKubernetesObject(value, '1.36')).toEqual([{ pointer: '', message }]);
  });
});

describe('a custom kind', () => {
  it('has a sample each', () => {
    expect(customSamples().map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)).toEqual([...customKinds]);
  });

  it.each(customKinds)('%s has no unknown field', (key) => {
    const object = sample(key.split('/').at(-1) ?? '', (one) => set(one, '/spec/unheardOf', 1));
    expect(checkKubernetesObject(object, '1.36')).toEqual([
      { pointer: '/spec/unheardOf', message: 'unknown key "unheardOf"' },
    ]);
  });

  it('has its values checked', () => {
    const object = sample('HelmChart', (one) => {
      set(one, '/spec/failurePolicy', 'retry');
      set(one, '/spec/set/open', true);
      set(one, '/spec/timeout', '300');
    });
    expect(checkKubernetesObject(object, '1.36')).toEqual([
      { pointer: '/spec/failurePolicy', message: '"retry" is not one of "abort", "reinstall"' },
      { pointer: '/spec/set/open', message: 'true must be an integer or a string' },
      { pointer: '/spec/timeout', message: expect.stringContaining('"300" does not match') },
    ]);
  });
});

describe('the schema files', () => {
  interface File {
    kinds: Record<string, string>;
    definitions: Record<string, Sample>;
  }

  async function load(minor: string): Promise<File> {
    return (await import(`../../schemas/kubernetes/${minor}.json`)).default;
  }

  /** Every schema in a schema, with the keywords above it. */
  function* within(schema: unknown, path: string[] = []): Generator<[schema: Sample, path: string[]]> {
    if (typeof schema !== 'object' || schema === null) return;
    if (!Array.isArray(schema)) yield [schema as Sample, path];
    for (const [key, value] of Object.entries(schema)) yield* within(value, [...path, key]);
  }

  it.each(kubernetesMinors)('%s: every kind has a sample', async (minor) => {
    const samples = kubernetesSamples().map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
    expect(Object.keys((await load(minor)).kinds)).toEqual(samples);
  });

  it.each(kubernetesMinors)(
    '%s: every object is closed or a map, every definition is reached',
    async (minor) => {
      const { kinds, definitions } = await load(minor);
      const references = new Set(Object.values(kinds));
      for (const [schema, path] of within(definitions)) {
        if (typeof schema.$ref === 'string') references.add(schema.$ref);
        const partial = path.at(-2) === 'allOf';
        if (schema.type === 'object' && !partial) {
          expect(schema, path.join('/')).toHaveProperty('additionalProperties');
          expect(schema.additionalProperties, path.join('/')).not.toBe(true);
        }
      }
      expect([...references].sort()).toEqual(Object.keys(definitions).map((name) => `#/definitions/${name}`));
    },
  );

  it.each(kubernetesMinors)('%s: no reference stands where its errors would be lost', async (minor) => {
    const { definitions } = await load(minor);
    const keywords = ['anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'contains', 'dependencies'];
    for (const [schema, path] of within(definitions)) {
      if (schema.$ref === undefined) continue;
      // What stands right below `properties` is a field's name, not a keyword.
      const above = path.filter((key, index) => keywords.includes(key) && path[index - 1] !== 'properties');
      expect(above, path.join('/')).toEqual([]);
    }
  });

  // One minor, since a plain validator compiles all that a kind reaches.
  it('lead a plain JSON Schema validator to the same verdict', { timeout: 30_000 }, async () => {
    const file = await load('1.37');
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, validateFormats: false, keywords: ['kinds'] });
    expect(ajv.validateSchema(file)).toBe(true);
    ajv.addSchema(file, 'kubernetes');
    for (const object of kubernetesSamples()) {
      const validate = ajv.getSchema(`kubernetes${file.kinds[`${object.apiVersion}/${object.kind}`]}`);
      expect(validate?.(object), `${object.kind}`).toBe(true);
      for (const pointer of ['/metadata/nam', '/nope']) {
        const wrong = structuredClone(object);
        set(wrong, pointer, 'x');
        expect(validate?.(wrong), `${object.kind}`).toBe(false);
        expect(checkKubernetesObject(wrong, '1.37'), `${object.kind}`).toHaveLength(1);
      }
    }
  });
});
