import { createHash } from 'node:crypto';
import { isDirective, type Statement } from '../nginx/directive.ts';
import { parseConf } from '../nginx/parse.ts';
import type { ArtifactKind } from './artifact.ts';
import { loadYaml } from './load-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

/**
 * A digest of a file's meaning to the program that reads it: 8 hexadecimal digits, the same for two texts that differ
 * only in comments, in empty lines, or in an order that has no effect. For a text that cannot be parsed, it is the
 * digest of the text.
 *
 * Nodes keep these digests and compare them later. After a change of this code, each node therefore writes such a file
 * again and restarts the program that reads it.
 */
export function meaningOf(kind: ArtifactKind, text: string): string {
  const meant = JSON.stringify(readers[kind]?.(text) ?? text);
  return createHash('sha256').update(meant).digest('hex').slice(0, 8);
}

/** Reads a text's meaning as a value to compare by `JSON.stringify`; undefined if it cannot be parsed. */
type Reader = (text: string) => unknown;

const readers: Readonly<Partial<Record<ArtifactKind, Reader>>> = {
  manifest: (text) =>
    documents(text)
      ?.filter((one) => one !== null)
      .map(said)
      .sort(),
  kustomization: yaml,
  'k3s-config': (text) => documents(text)?.map(withSets),
  registries: yaml,
  'admission-config': yaml,
  'audit-policy': yaml,
  nginx: (text) => {
    const conf = parseConf(text);
    return 'problem' in conf ? undefined : inOrder(conf.statements);
  },
  sysctl: (text) =>
    lines(text)
      .map((line) => line.replace(/\s*=\s*/, '='))
      .sort(),
  nftables: (text) =>
    lines(text).map((line) =>
      line.replace(/\{ ([^{}]+) \}/g, (_, items: string) => `{ ${items.split(', ').sort().join(', ')} }`),
    ),
  unit: lines,
  text: lines,
  script,
};

function documents(text: string): unknown[] | undefined {
  const plain = readPlainYaml(text);
  if (plain !== undefined) return plain.documents.map(sorted);
  const read = loadYaml().parseAllDocuments(text, { version: '1.1' });
  if (!Array.isArray(read) || read.some(({ errors }) => errors.length > 0)) return undefined;
  return read.map((document): unknown => sorted(document.toJS()));
}

function yaml(text: string): unknown {
  return documents(text);
}

/** Sorts a mapping's keys, because their order has no effect. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** Lists in K3s' configuration are repeated flags: of two with the same name, the last one wins. */
function withSets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (!Array.isArray(part)) return [key, part];
      const names = part.map((item) => String(item).split('=', 1).join());
      return [key, new Set(names).size === names.length ? part.map(said).sort() : part];
    }),
  );
}

/** Directives whose order matters to nginx. */
const ordered = ['allow', 'break', 'deny', 'if', 'include', 'return', 'rewrite', 'server', 'set'];

/** Removes comments, and sorts directives by name if their order does not matter. */
function inOrder(statements: readonly Statement[]): unknown[] {
  const all = statements
    .filter(isDirective)
    .map(({ directive, args, block }) => [directive, args, block && inOrder(block)] as const);
  const kept = all.filter(([name]) => ordered.includes(name));
  const rest = all.filter(([name]) => !ordered.includes(name));
  return [kept, rest.map(said).sort()];
}

/** The lines of a file without comments: `#`, for apt also `//`. A first line with `#!` stays. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line, index) => (index === 0 && line.startsWith('#!')) || !/^(#|\/\/|$)/.test(line));
}

/** The lines of a shell script without comments, and all of each here-document. */
function script(text: string): string[] {
  let end: string | undefined;
  return text.split('\n').filter((line, index) => {
    if (end !== undefined) {
      if (line === end) end = undefined;
      return true;
    }
    if (index > 0 && /^\s*(#|$)/.test(line)) return false;
    end = /<<'?([A-Z_]+)'?/.exec(line)?.[1];
    return true;
  });
}

function said(value: unknown): string {
  return JSON.stringify(value);
}
