import type { FunctionConfig } from '../../config/functions/function.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { callVariable } from './calls.ts';
import { isNamedSecret, secretForm } from './secret-forms.ts';

/** Variables that Fjord itself sets, and what decides them. */
const ownVariables: Readonly<Record<string, string>> = {
  exec_timeout: "the function's timeout",
  read_timeout: "the function's timeout",
  write_timeout: "the function's timeout",
  healthcheck_interval: "the function's timeout",
  max_inflight: "the function's concurrency",
  port: 'the runtime, which calls functions on 8080',
};

/** Reports variables that Fjord sets itself, values that a process cannot be given, and secrets. */
export function diagnoseEnvironment(name: string, { env, calls = [] }: FunctionConfig): Diagnostic[] {
  const addresses = Object.fromEntries(calls.map((callee) => [callVariable(callee), "the function's calls"]));
  const taken: Readonly<Record<string, string>> = { ...ownVariables, ...addresses };
  return sortedEntries(env).flatMap(([variable, value]) => {
    const path = ['functions', name, 'env', variable];
    const from = Object.hasOwn(taken, variable) ? taken[variable] : undefined;
    const problem = textProblem(value) ?? (value.includes('\0') ? 'it has a NUL character' : undefined);
    return [
      ...(from === undefined ? [] : [report('resolve/env-is-ours', path, { variable, from }, { at: 'key' })]),
      ...(problem === undefined
        ? []
        : [report('resolve/text-not-carried', path, { what: variable, problem })]),
      ...secretIn(path, variable, value),
    ];
  });
}

/** Reports words of a command that a process cannot be given, and secrets. */
export function diagnoseCommand(name: string, { command = [], args = [] }: FunctionConfig): Diagnostic[] {
  return Object.entries({ command, args }).flatMap(([key, words]) =>
    words.flatMap((word, index) => {
      const path = ['functions', name, key, index];
      const problem = textProblem(word) ?? (word.includes('\0') ? 'it has a NUL character' : undefined);
      const what = secretForm(word);
      return [
        ...(problem === undefined ? [] : [report('resolve/text-not-carried', path, { what: key, problem })]),
        ...(what === undefined ? [] : [report('resolve/secret-in-env', path, { variable: key, what })]),
      ];
    }),
  );
}

/** Reports a secret in a variable: it belongs in a Secret, because the config and `dist/` are committed. */
function secretIn(path: readonly string[], variable: string, value: string): Diagnostic[] {
  const what = secretForm(value);
  if (what !== undefined) return [report('resolve/secret-in-env', path, { variable, what })];
  return isNamedSecret(variable, value) ? [report('resolve/secret-by-name', path, { variable })] : [];
}

/**
 * Why a text would not arrive as it is written, or `undefined`: manifests are UTF-8, and kustomize, which `kubectl apply -k` and GitOps tools run,
 * refuses or loses characters that JSON leaves as they are and YAML does not have.
 */
export function textProblem(text: string): string | undefined {
  if (/\p{Surrogate}/u.test(text)) return 'it has half of a surrogate pair, which is not a character';
  const [control] = /[\x7f-\x9f\ufffe\uffff]/.exec(text) ?? [];
  if (control === undefined) return undefined;
  const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `it has the character U+${code}, which kustomize refuses`;
}
