import { basename } from 'node:path';
import type { Artifact } from './artifacts/artifact.ts';
import { readDirectory } from './artifacts/disk/read-directory.ts';
import { marker } from './artifacts/marker.ts';
import type { Remember } from './artifacts/remember.ts';
import { compareArtifacts } from './artifacts/write/compare.ts';
import { otherPlatform } from './artifacts/write/other-platform.ts';
import { writeArtifacts } from './artifacts/write/write.ts';
import type { Budget, Compilation, CompileOptions } from './compile-result.ts';
import { check } from './config/check/check.ts';
import { adjust, type Silenced } from './config/diagnostics/adjust.ts';
import { findDuplicateKeys } from './config/load/duplicate-keys.ts';
import { load } from './config/load/load.ts';
import { place } from './config/locate/place.ts';
import type { PlatformConfig } from './config/platform-config.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { report } from './diagnostics/report.ts';
import { showPath } from './diagnostics/show-path.ts';
import { finalSize } from './platform/nodes/join-tokens.ts';
import type { Platform } from './platform/platform.ts';
import { resolve } from './platform/resolve.ts';
import { render } from './renderers/index.ts';
import { rolloutBetween } from './rollout/rollout.ts';
import type { Findings } from './verify/findings.ts';
import { verify } from './verify/verify.ts';

/** load → check → resolve → render → verify → write. A stage runs only when the one before it found no error. */
export async function compile(options: CompileOptions): Promise<Compilation> {
  const [loaded, unloadable] = await load(options.configFile, { cache: options.cache });
  if (loaded === undefined) return { ...nothing, diagnostics: unloadable };

  const compiledConfig = compileConfig(loaded.value, basename(loaded.file));
  const { platform, artifacts, silenced, diagnostics: found } = compiledConfig;
  const diagnostics = [...findDuplicateKeys(loaded.file, loaded.source), ...place(loaded, found)];
  const budgets = platform ? budgetsOf(platform, artifacts) : [];
  const compiled = { ...nothing, diagnostics, silenced, artifacts, budgets };
  if (hasErrors(diagnostics) || (options.strict && diagnostics.some(isWarning))) return compiled;

  const [before] = readDirectory(options.outDir, options.cwd);
  const held = otherPlatform(before, platform?.name ?? '');
  if (held !== undefined && held !== options.replaces) {
    const out = showPath(options.outDir, options.cwd);
    const other = report('write/other-platform', [], { out, held, name: platform?.name ?? '' });
    return { ...compiled, diagnostics: [...diagnostics, other] };
  }
  const rollout = rolloutBetween(before, textsOf(artifacts));
  if (options.mode === 'check') {
    const differences = compareArtifacts(options.outDir, artifacts);
    return { ...compiled, differences, rollout, ok: differences.length === 0 };
  }
  const [written, unwritable] = await writeArtifacts(options.outDir, artifacts, options);
  const all = [...diagnostics, ...unwritable];
  return { ...compiled, written, rollout, diagnostics: all, ok: !hasErrors(unwritable) };
}

/** What a config's value compiles to. */
export interface CompiledConfig {
  /** Undefined when the config was refused before. */
  readonly platform: Platform | undefined;
  /** Also there when verifying found errors, to look at; empty when an earlier stage did. */
  readonly artifacts: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the config says not to tell. */
  readonly silenced: readonly Silenced[];
}

/** What a process that compiles again and again keeps. */
export interface Memory {
  readonly remember: Remember;
  readonly findings: Findings;
}

/**
 * The stages between the two ends: pure, from a config's value to its artifacts.
 *
 * @param configName what the artifacts say that they were generated from
 * @param memory of earlier compiles, so that only what is new is made and verified; the result is the same without it
 */
export function compileConfig(value: unknown, configName: string, memory?: Memory): CompiledConfig {
  const unchecked = check(value);
  if (hasErrors(unchecked)) {
    return { platform: undefined, artifacts: [], diagnostics: unchecked, silenced: [] };
  }
  // `check` has found it to be one.
  const config = value as PlatformConfig;
  const [platform, unresolved] = resolve(config);
  const diagnostics = [...unchecked, ...unresolved];
  if (platform === undefined) return { platform, artifacts: [], ...adjust(diagnostics, config.diagnostics) };

  const artifacts = render(platform, marker(configName), memory?.remember);
  const unverified = verify(textsOf(artifacts), memory?.remember, memory?.findings);
  const all = [...diagnostics, ...attribute(unverified, artifacts)];
  return { platform, artifacts, ...adjust(all, config.diagnostics) };
}

/** Names the config entry that a wrong artifact came from. */
function attribute(diagnostics: readonly Diagnostic[], artifacts: readonly Artifact[]): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const file = diagnostic.artifact?.path.split('#', 1).join();
    const artifact = artifacts.find(({ path }) => path === file);
    return diagnostic.path.length > 0 || artifact === undefined
      ? diagnostic
      : { ...diagnostic, path: artifact.source };
  });
}

function budgetsOf(platform: Platform, artifacts: readonly Artifact[]): Budget[] {
  return platform.nodes.flatMap((node) =>
    artifacts
      .filter(({ path }) => path === `cloud-init/${node.name}.yaml`)
      .map(({ path, text }) => ({
        artifact: path,
        used: finalSize(text),
        limit: node.userDataLimit.bytes,
        provider: node.provider,
      })),
  );
}

function textsOf(artifacts: readonly Artifact[]): ReadonlyMap<string, string> {
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

function isWarning({ severity }: Diagnostic): boolean {
  return severity === 'warning';
}

const nothing: Compilation = {
  diagnostics: [],
  silenced: [],
  artifacts: [],
  differences: [],
  written: undefined,
  budgets: [],
  rollout: [],
  ok: false,
};
