import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { type SchemaProblem, schemaProblems } from '../../diagnostics/schema-problem.ts';
import { loadAjv } from '../../schemas/load-ajv.ts';
import { predicateOf } from '../../schemas/predicates.ts';

/** The schemas of what we emit, hand-written and closed, in `schemas/`. */
export const ownSchemas = [
  'user-data',
  'kustomization',
  'k3s-config',
  'k3s-agent-config',
  'registries',
  'admission-config',
  'audit-policy',
  'sysctl',
  'workload',
  'objects',
  'chart-values',
  'prometheus',
  'alert-rules',
  'alertmanager',
  'openfaas-parts',
  'stack',
  'lock',
] as const;

export type OwnSchema = (typeof ownSchemas)[number];

const require = createRequire(import.meta.url);
const compiled = new Map<OwnSchema, ValidateFunction>();

/** Whether a parsed file is as its schema says, for a rule that leaves what is wrong with it to another one. */
export function fitsOwnSchema(name: OwnSchema, value: unknown): boolean {
  return predicateOf(name)?.(value) === true;
}

/** What a parsed file holds that its schema does not allow. */
export function checkOwnSchema(name: OwnSchema, value: unknown): SchemaProblem[] {
  if (fitsOwnSchema(name, value)) return [];
  let validate = compiled.get(name);
  if (validate === undefined) {
    const Ajv = loadAjv();
    validate = new Ajv({ allErrors: true, verbose: true, strictTuples: false }).compile(
      require(`../../../schemas/${name}.schema.json`),
    );
    compiled.set(name, validate);
  }
  return validate(value) ? [] : schemaProblems(validate.errors);
}
