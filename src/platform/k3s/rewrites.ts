import type { K3sConfig } from '../../config/k3s/k3s.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { parseGoPattern, replacementProblem } from '../../units/go-pattern.ts';
import { sortedEntries } from '../sorted-entries.ts';

/** What a backslash and the character after it mean, without a backslash. */
const withoutBackslash: Readonly<Record<string, string>> = {
  d: '[0-9]',
  w: '[0-9A-Za-z_]',
  D: '[^0-9]',
  W: '[^0-9A-Za-z_]',
  S: '.',
};

/** Reports patterns and replacements of paths that containerd does not read, or reads in another way. */
export function diagnoseRewrites({ registries }: K3sConfig): Diagnostic[] {
  return sortedEntries(registries?.mirrors ?? {}).flatMap(([registry, { rewrite }]) =>
    sortedEntries(rewrite ?? {}).flatMap(([pattern, replacement]) => {
      const path = ['k3s', 'registries', 'mirrors', registry, 'rewrite', pattern];
      const found = diagnosePattern(registry, pattern);
      return found === undefined
        ? diagnoseReplacement(replacement, pattern, path)
        : [report(found.code, path, { text: pattern, ...found }, { at: 'key' })];
    }),
  );
}

interface Found {
  readonly code: 'resolve/rewrite-breaks-file' | 'resolve/rewrite-not-understood';
  readonly problem: string;
  readonly suggestion: string | undefined;
}

function diagnosePattern(registry: string, pattern: string): Found | undefined {
  const plain = pattern.replaceAll(/\\(.)/g, (_, character: string) => asClass(character));
  const repaired = withoutRegistry(registry, plain) ?? plain;
  const suggestion =
    repaired !== pattern && typeof parseGoPattern(repaired) === 'object' ? repaired : undefined;
  const [special] = /["\\]/.exec(pattern) ?? [];
  if (special !== undefined) {
    return { code: 'resolve/rewrite-breaks-file', problem: special, suggestion };
  }
  const parsed = parseGoPattern(pattern);
  const problem =
    typeof parsed === 'string'
      ? parsed
      : withoutRegistry(registry, pattern) !== undefined &&
        `it begins with ${registry}, but the path of an image does not contain its registry`;
  return problem === false ? undefined : { code: 'resolve/rewrite-not-understood', problem, suggestion };
}

function asClass(character: string): string {
  if (/[a-z0-9]/i.test(character)) return withoutBackslash[character] ?? `\\${character}`;
  return /[.*+?()|[{^$]/.test(character) ? `[${character}]` : character;
}

/** A pattern that begins with the registry, without it. */
function withoutRegistry(registry: string, pattern: string): string | undefined {
  const [, anchor = '', host, rest = ''] = /^(\^?)([^/()]+)\/(.*)$/.exec(pattern) ?? [];
  return host?.replaceAll('[.]', '.') === registry ? anchor + rest : undefined;
}

function diagnoseReplacement(text: string, pattern: string, path: readonly string[]): Diagnostic[] {
  const [special] = /["\\]/.exec(text) ?? [];
  const parsed = parseGoPattern(pattern);
  if (special !== undefined) {
    const suggestion = /^[a-z0-9._/\\-]*$/.test(text) ? text.replaceAll(/\\(?=\d)/g, '$') : undefined;
    const isBetter = suggestion !== undefined && !suggestion.includes('\\');
    const params = { text, problem: special, suggestion: isBetter ? suggestion : undefined };
    return [report('resolve/rewrite-breaks-file', path, params)];
  }
  const found = typeof parsed === 'string' ? undefined : replacementProblem(text, parsed);
  if (found === undefined) return [];
  const params = { text, problem: found.problem, suggestion: found.suggestion };
  return [report('resolve/rewrite-not-understood', path, params)];
}
