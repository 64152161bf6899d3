import { isDeepStrictEqual } from 'node:util';
import { readPlainYaml } from '../../artifacts/read-plain-yaml.ts';
import { yamlDocuments, yamlValues } from '../../artifacts/yaml-documents.ts';
import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import { lineInDocument } from './line-in-document.ts';

/** The documents of a YAML file, and what is wrong with the text itself. */
export interface YamlFile {
  readonly documents: readonly unknown[];
  readonly problems: readonly SchemaProblem[];
  /** Problems of one of the documents, with their lines. */
  readonly placed: (problems: readonly SchemaProblem[], document: number) => SchemaProblem[];
  /** The line on which a document begins, from 1. */
  readonly lineOf: (document: number) => number | undefined;
}

/** Reads YAML as both of its versions do: 1.1 is what cloud-init and Kubernetes speak, 1.2 is what editors do. */
export function readYaml(text: string): YamlFile {
  const plain = readPlainYaml(text);
  if (plain === undefined) return readWholeYaml(text);
  return {
    documents: plain.documents,
    problems: [],
    placed: (problems, document) =>
      problems.length === 0 ? [] : readWholeYaml(text).placed(problems, document),
    lineOf: (document) => plain.lines[document],
  };
}

function readWholeYaml(text: string): YamlFile {
  const [old, current] = (['1.1', '1.2'] as const).map((version) => yamlDocuments(text, version));
  if (old === undefined || current === undefined) return refused([]);
  const errors = [...old, ...current].flatMap((document) => [...document.errors, ...document.warnings]);
  if (errors.length > 0) {
    const problems = new Map(
      errors.map(({ message, linePos }): [string, SchemaProblem] => {
        const [fact = ''] = message.split('\n', 1);
        return [fact, { pointer: '', message: fact, ...(linePos && { line: linePos[0].line }) }];
      }),
    );
    return refused([...problems.values()]);
  }
  const documents = yamlValues(old);
  const others = yamlValues(current);
  if (documents === undefined || others === undefined) {
    return refused([{ pointer: '', message: 'its aliases stand for far more than is written' }]);
  }
  const lineOf = (document: number, pointer = '') => lineInDocument(text, old[document], pointer);
  return {
    documents,
    problems: isDeepStrictEqual(documents, others)
      ? []
      : [{ pointer: '', message: 'YAML 1.1 and YAML 1.2 read this differently' }],
    placed: (problems, document) =>
      problems.map((problem) => {
        const line = problem.line ?? lineOf(document, problem.pointer);
        return line === undefined ? problem : { ...problem, line };
      }),
    lineOf,
  };
}

function refused(problems: readonly SchemaProblem[]): YamlFile {
  return { documents: [], problems, placed: (given) => [...given], lineOf: () => undefined };
}
