import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { type SchemaProblem, schemaProblems } from '../diagnostics/schema-problem.ts';
import type { KubernetesMinor } from './minors.ts';
import type { KubernetesObject } from './object.ts';
import { kubernetesRules } from './rules.ts';
import { kubernetesSyntax } from './syntax.ts';

/** The kinds that are not Kubernetes' own; each has a file in `schemas/custom/`, with `.` for `/`. */
export const customKinds = [
  'argoproj.io/v1alpha1/Application',
  'helm.cattle.io/v1/HelmChart',
  'kustomize.toolkit.fluxcd.io/v1/Kustomization',
  'openfaas.com/v1/Function',
  'source.toolkit.fluxcd.io/v1/GitRepository',
] as const;

/**
 * Checks one object of a manifest, parsed, as the API server of that minor would: its apiVersion and kind, every
 * field and type, then names, labels, quantities and what fields ask of each other. Stricter in that an unknown
 * field, a null and a field that only the server sets are problems too. Empty when all is well.
 */
export function checkKubernetesObject(object: unknown, minor: KubernetesMinor): SchemaProblem[] {
  if (!isRecord(object)) return [{ pointer: '', message: 'a Kubernetes object must be a mapping' }];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string') return [{ pointer: '', message: 'the key "apiVersion" is missing' }];
  if (typeof kind !== 'string') return [{ pointer: '', message: 'the key "kind" is missing' }];
  const find = finder(minor, `${apiVersion}/${kind}`);
  if (!find) {
    return [{ pointer: '/kind', message: `no schema for ${apiVersion} ${kind} in Kubernetes ${minor}` }];
  }
  const problems = schemaProblems(find(object), formatNames);
  return problems.length > 0 ? problems : kubernetesRules(object as KubernetesObject);
}

type FindErrors = (object: unknown) => readonly ErrorObject[];

interface KubernetesSchemas {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, AnySchemaObject>>;
}

const require = createRequire(import.meta.url);
const schemasFolder = '../../schemas';

const formatNames = {
  ...Object.fromEntries(Object.entries(kubernetesSyntax).map(([key, { name }]) => [key, name])),
  int32: 'a number of 32 bits',
};

const options: Options = {
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  // The schemas are checked by our own tests, not at each start.
  validateSchema: false,
  code: { optimize: false },
  formats: {
    ...Object.fromEntries(Object.entries(kubernetesSyntax).map(([key, { test }]) => [key, test])),
    int32: { type: 'number', validate: (value: number) => Math.abs(value) < 2 ** 31 },
  },
};

const finders = new Map<string, FindErrors | undefined>();

function finder(minor: KubernetesMinor, key: string): FindErrors | undefined {
  const cacheKey = `${minor}/${key}`;
  if (!finders.has(cacheKey)) finders.set(cacheKey, customFinder(key) ?? kubernetesFinder(minor, key));
  return finders.get(cacheKey);
}

function customFinder(key: string): FindErrors | undefined {
  if (!(customKinds as readonly string[]).includes(key)) return undefined;
  const validate = new Ajv(options).compile(
    require(`${schemasFolder}/custom/${key.replaceAll('/', '.')}.json`),
  );
  return (object) => (validate(object) ? [] : (validate.errors ?? []));
}

function kubernetesFinder(minor: KubernetesMinor, key: string): FindErrors | undefined {
  const schemas: KubernetesSchemas = require(`${schemasFolder}/kubernetes/${minor}.json`);
  const reference = schemas.kinds[key];
  if (reference === undefined) return undefined;
  const check = checks.get(minor) ?? lazily(schemas);
  checks.set(minor, check);
  return (object) => check(reference, object);
}

type Check = (reference: string, object: unknown) => readonly ErrorObject[];

const checks = new Map<KubernetesMinor, Check>();

/**
 * Compiles each definition when a value first needs it, since a Deployment reaches 130 and uses 20: ajv's own `$ref`
 * would compile them all. A referred definition's errors are gathered on the side, so references must not stand
 * below `anyOf`, `oneOf`, `not` or `if`; in the generated files none does.
 */
function lazily({ definitions }: KubernetesSchemas): Check {
  const ajv = new Ajv(options);
  const compiled = new Map<string, ValidateFunction>();
  let found: ErrorObject[] = [];

  function validator(reference: string): ValidateFunction {
    const known = compiled.get(reference);
    if (known) return known;
    const definition = definitions[reference.slice('#/definitions/'.length)];
    if (!definition) throw new Error(`no definition at ${reference}`);
    const validate = ajv.compile(definition);
    compiled.set(reference, validate);
    return validate;
  }

  ajv.removeKeyword('$ref');
  ajv.addKeyword({
    keyword: '$ref',
    schemaType: 'string',
    errors: false,
    validate: (reference: string, value: unknown, _schema?: AnySchemaObject, context?: Context) => {
      const validate = validator(reference);
      if (!validate(value, context)) found.push(...(validate.errors ?? []));
      return true;
    },
  });

  return (reference, object) => {
    found = [];
    const validate = validator(reference);
    return validate(object) ? found : [...found, ...(validate.errors ?? [])];
  };
}

type Context = Parameters<ValidateFunction>[1];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
