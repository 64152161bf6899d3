import { createRequire } from 'node:module';
import { kubernetesFormats } from '../kubernetes/syntax.ts';

/** Tells whether a value fits a schema, and not what is wrong with it. */
export type Predicate = (value: unknown) => boolean;

type Predicates = Readonly<Record<string, Predicate | undefined>>;

/** Each loads one file of `schemas/compiled/` that a script made of the schemas. */
const files: Readonly<Record<string, () => (formats: typeof kubernetesFormats) => Predicates>> =
  createRequire(import.meta.url)('../../schemas/compiled/index.cjs');

const loaded = new Map<string, Predicates>();

/**
 * The predicate of a schema, compiled ahead.
 *
 * @param file the name of a file in `schemas/compiled/`
 * @param schema which of its schemas
 * @returns undefined if the file has none of this name
 */
export function predicateOf(file: string, schema = 'all'): Predicate | undefined {
  let predicates = loaded.get(file);
  if (predicates === undefined) {
    predicates = files[file]?.()(kubernetesFormats);
    if (predicates === undefined) throw new Error(`schemas/compiled has no ${file}.cjs`);
    loaded.set(file, predicates);
  }
  return predicates[nameOf(schema)];
}

/** A schema's name as a word of JavaScript: `apps/v1/Deployment` is `apps_v1_Deployment`. */
export function nameOf(schema: string): string {
  return schema.replace(/\W/g, '_');
}
