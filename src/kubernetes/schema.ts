import { createRequire } from 'node:module';
import type { AnySchemaObject, ErrorObject, Options, ValidateFunction } from 'ajv';
import { type SchemaProblem, schemaProblems } from '../diagnostics/schema-problem.ts';
import { loadAjv } from '../schemas/load-ajv.ts';
import { predicateOf } from '../schemas/predicates.ts';
import type { KubernetesMinor } from './minors.ts';
import type { KubernetesObject } from './object.ts';
import { kubernetesRules } from './rules.ts';
import { kubernetesFormats, kubernetesSyntax } from './syntax.ts';

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
  const key = `${apiVersion}/${kind}`;
  const fits = isCustom(key) ? predicateOf('custom', key) : predicateOf('kubernetes', `v${minor}/${key}`);
  if (!fits) {
    return [{ pointer: '/kind', message: `no schema for ${apiVersion} ${kind} in Kubernetes ${minor}` }];
  }
  return fits(object)
    ? kubernetesRules(object as KubernetesObject)
    : schemaProblems(errorsOf(object, minor, key), formatNames);
}

function isCustom(key: string): boolean {
  return (customKinds as readonly string[]).includes(key);
}

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
  formats: kubernetesFormats,
};

const validators = new Map<string, ValidateFunction>();

/** What is wrong with an object that does not fit its schema. */
function errorsOf(object: unknown, minor: KubernetesMinor, key: string): readonly ErrorObject[] {
  const cacheKey = `${minor}/${key}`;
  const validate =
    validators.get(cacheKey) ?? (isCustom(key) ? customValidator(key) : validatorOf(minor, key));
  validators.set(cacheKey, validate);
  return validate(object) ? [] : (validate.errors ?? []);
}

function customValidator(key: string): ValidateFunction {
  const Ajv = loadAjv();
  return new Ajv(options).compile(require(`${schemasFolder}/custom/${key.replaceAll('/', '.')}.json`));
}

function validatorOf(minor: KubernetesMinor, key: string): ValidateFunction {
  const { kinds, definitions }: KubernetesSchemas = require(`${schemasFolder}/kubernetes/${minor}.json`);
  const Ajv = loadAjv();
  return new Ajv(options).compile({ $ref: kinds[key], definitions });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
