import { type CompiledConfig, compileConfig } from '../../src/compile.ts';
import type { ConfigPath, Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { places } from './arbitrary-config.ts';

/** Said of artifacts and meant for the person: the provider's limit is not ours to keep. */
const theirs: readonly string[] = ['verify/user-data-too-large'];

/** How a config fared. */
export type Fate = 'compiled' | 'refused';

/**
 * Compiles a value, and if `order` again with its keys in another order, and throws if Fjord breaks a promise: it compiles to artifacts that pass everything or is refused,
 * never fails by itself, says the same whatever the order of keys, and each refusal names a place and a next step.
 */
export function holdsFor(value: unknown, { order = true } = {}): Fate {
  const result = compileConfig(value, 'platform.config.ts');
  const { artifacts, diagnostics } = result;
  for (const one of diagnostics) checkDiagnostic(one, value);
  const ours = diagnostics.filter(
    ({ code, severity }) => severity === 'error' && code.startsWith('verify/') && !theirs.includes(code),
  );
  if (ours.length > 0) throw new Error(`the compiled platform is wrong: ${ours.map(show).join('; ')}`);
  if (artifacts.length === 0 && !hasErrors(diagnostics)) throw new Error('neither artifacts nor errors');
  if (!order) return hasErrors(diagnostics) ? 'refused' : 'compiled';
  const again = compileConfig(turned(value), 'platform.config.ts');
  if (fingerprint(again) !== fingerprint(result)) {
    throw new Error(`another order of keys, another result: ${difference(result, again)}`);
  }
  return hasErrors(diagnostics) ? 'refused' : 'compiled';
}

function checkDiagnostic(diagnostic: Diagnostic, value: unknown): void {
  const { path, message, hint } = diagnostic;
  if (hint.trim() === '') throw new Error(`no next step: ${show(diagnostic)}`);
  // Names of ours in a sentence mean that a value got there without being made into words.
  const words = `${message} ${hint}`.replaceAll(/'[^']*'|"[^"]*"/g, '');
  const leak = /\[object \w+\]|\bundefined\b|\bNaN\b/.exec(words)?.[0];
  if (leak !== undefined) throw new Error(`"${leak}" in a sentence: ${show(diagnostic)}`);
  if (!exists(value, path) && !exists(value, path.slice(0, -1)) && !isPlace(path)) {
    throw new Error(`no such place in the config: ${show(diagnostic)}`);
  }
}

function exists(value: unknown, path: ConfigPath): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
  return exists(Object.entries(value).find(([name]) => name === String(key))?.[1], rest);
}

/** Whether a config could say it, where it is silent and a default is what is wrong. */
function isPlace(path: ConfigPath): boolean {
  return places.some(
    ([place]) =>
      place.length === path.length && place.every((key, index) => key === '*' || key === String(path[index])),
  );
}

/**
 * The same value with the keys of every record the other way round; but for a mirror's rewrites, of which the first
 * that fits is taken.
 */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, key === 'rewrite' ? part : turned(part)]),
  );
}

function fingerprint({ artifacts, diagnostics }: CompiledConfig): string {
  // A sentence may quote the value, with its keys as they stand.
  return JSON.stringify([artifacts, diagnostics.map(({ code, path }) => `${code} ${path.join('.')}`).sort()]);
}

function difference(one: CompiledConfig, other: CompiledConfig): string {
  const all = (result: CompiledConfig) => [
    ...result.artifacts.map(({ path, text }) => `${path}\n${text}`),
    ...result.diagnostics.map(show),
  ];
  const others = all(other);
  return (
    all(one)
      .find((each) => !others.includes(each))
      ?.slice(0, 400) ?? 'more'
  );
}

function show({ code, path, message }: Diagnostic): string {
  return `${code} at ${path.join('.')}: ${message}`;
}
