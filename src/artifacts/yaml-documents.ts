import type { Document } from 'yaml';
import { loadYaml } from './load-yaml.ts';

/** Kubernetes and cloud-init read 1.1, editors 1.2. */
export type YamlVersion = '1.1' | '1.2';

/** The documents of a text as one version of YAML reads them; undefined if there is none. */
export function yamlDocuments(text: string, version: YamlVersion): Document.Parsed[] | undefined {
  const documents = loadYaml().parseAllDocuments(text, { version, uniqueKeys: true });
  return Array.isArray(documents) ? documents : undefined;
}

/** The values of documents; undefined if aliases of aliases would grow without end. */
export function yamlValues(documents: readonly Document.Parsed[]): unknown[] | undefined {
  try {
    return documents.map((document): unknown => document.toJS());
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
