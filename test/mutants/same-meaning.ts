import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { isDirective, type Statement } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import type { NodeFileBack } from '../../src/verify/dist.ts';
import { readApplyScript } from '../../src/verify/read/apply-script.ts';
import { readSysctl } from '../../src/verify/read/sysctl.ts';

/**
 * Whether whoever reads a file reads the same in both texts: a mapping's keys have no order, nor have most of nginx's
 * directives. What is left of the mutants changes something.
 */
export function sameMeaning(path: string, one: string, other: string): boolean {
  if (one === other) return true;
  if (/\.(yaml|json)$/.test(path)) return sameYaml(one, other);
  if (path.endsWith('/apply.sh')) return sameScript(one, other);
  const read = readers.find(([pattern]) => pattern.test(path))?.[1];
  const [before, after] = [read?.(one), read?.(other)];
  return before !== undefined && after !== undefined && isDeepStrictEqual(before, after);
}

/** What a text says, or `undefined` where it cannot be read. */
type Reader = (text: string) => unknown;

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^nginx\/|^\/etc\/nginx\//, conf],
  [/^\/etc\/sysctl\.d\//, (text) => readSysctl(text).settings],
];

/** Only the documents that differ are read. */
function sameYaml(one: string, other: string): boolean {
  const [before, after] = [one, other].map((text) => text.split(/^---\n/m));
  if (before?.length !== after?.length) return false;
  return (before ?? []).every((part, index) => {
    const changed = after?.[index] ?? '';
    if (part === changed) return true;
    const [was, is] = [yaml(part), yaml(changed)];
    return was !== undefined && is !== undefined && isDeepStrictEqual(was, is);
  });
}

function yaml(text: string): unknown {
  const documents = parseAllDocuments(text, { version: '1.1' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document): unknown => withoutDefaults(document.toJS()));
}

/** Lists whose order and repeats say nothing. */
const sets = [
  'packages',
  'verbs',
  'resources',
  'apiGroups',
  'policyTypes',
  'except',
  'drop',
  'ingress',
  'egress',
  'from',
  'to',
  'ports',
];

/** What Kubernetes and kustomize take for it when it is not said. */
const defaults: readonly (readonly [key: string, value: unknown])[] = [
  ['protocol', 'TCP'],
  ['type', 'ClusterIP'],
  ['type', 'RollingUpdate'],
  ['replicas', 1],
  ['revisionHistoryLimit', 10],
  ['failureThreshold', 3],
  ['periodSeconds', 10],
  ['timeoutSeconds', 1],
  ['terminationGracePeriodSeconds', 30],
  ['apiGroup', 'rbac.authorization.k8s.io'],
];

function withoutDefaults(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const inside = value.map((entry) => withoutDefaults(entry));
    return sets.includes(key) ? [...new Set(inside.map((entry) => JSON.stringify(entry)))].sort() : inside;
  }
  if (typeof value !== 'object' || value === null) return value;
  const { port } = value as { port?: unknown };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => !defaults.some(([own, common]) => own === name && common === part))
      .filter(([name, part]) => !(name === 'targetPort' && part === port))
      .filter(([name, part]) => !(name === 'podSelector' && isDeepStrictEqual(part, {})))
      .map(([name, part]): [string, unknown] => [name, withoutDefaults(part, name)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function conf(text: string): unknown {
  const parsed = parseConf(text);
  return 'problem' in parsed ? undefined : inNoOrder(parsed.statements);
}

/** Directives that nginx takes in the order in which they stand. */
const ordered = ['if', 'set', 'return', 'rewrite', 'break', 'allow', 'deny', 'include'];

function inNoOrder(statements: readonly Statement[]): unknown {
  const byName = new Map<string, unknown[]>();
  for (const { directive, args, block } of statements.filter(isDirective)) {
    const name = ordered.includes(directive) ? 'in order' : directive;
    const said = [directive, args, block && inNoOrder(block)];
    byName.set(name, [...(byName.get(name) ?? []), said]);
  }
  return new Map([...byName].map(([name, all]) => [name, name === 'in order' ? all : sorted(all)]));
}

function sorted(values: readonly unknown[]): string[] {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part) => (part instanceof Map ? [...part].sort() : part));
  return values.map(text).sort();
}

/** The shell is the same, and so is what each file that it puts on the node says. */
function sameScript(one: string, other: string): boolean {
  const [before, after] = [one, other].map((text) => readApplyScript(text).files);
  if (before === undefined || after === undefined || shellOf(one, before) !== shellOf(other, after))
    return false;
  return [...before].every(([path, { text }]) => sameMeaning(path, text, after.get(path)?.text ?? ''));
}

function shellOf(script: string, files: ReadonlyMap<string, NodeFileBack>): string {
  return [...files.values()].reduce((rest, { text }) => rest.replace(text, () => ''), script);
}
