import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { SchemaProblem } from './schema-problem.ts';

/** The documents of a YAML file, and what is wrong with the text itself. */
export interface YamlFile {
  readonly documents: readonly unknown[];
  readonly problems: readonly SchemaProblem[];
}

/** Reads YAML as both of its versions do: 1.1 is what cloud-init and Kubernetes speak, 1.2 is what editors do. */
export function readYaml(text: string): YamlFile {
  const [old, current] = (['1.1', '1.2'] as const).map((version) =>
    parseAllDocuments(text, { version, uniqueKeys: true }),
  );
  if (!Array.isArray(old) || !Array.isArray(current)) return { documents: [], problems: [] };
  const errors = [...old, ...current].flatMap((document) => [...document.errors, ...document.warnings]);
  if (errors.length > 0) {
    const messages = [...new Set(errors.map((error) => error.message.split('\n', 1).join()))];
    return { documents: [], problems: messages.map((message) => ({ pointer: '', message })) };
  }
  const documents = old.map((document): unknown => document.toJS());
  const same = isDeepStrictEqual(
    documents,
    current.map((document): unknown => document.toJS()),
  );
  const message = 'YAML 1.1 and YAML 1.2 read this differently';
  return { documents, problems: same ? [] : [{ pointer: '', message }] };
}
