import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { Artifact, ArtifactKind } from '../../artifacts/artifact.ts';
import type { Difference } from '../../artifacts/difference.ts';
import type { Budget, Compilation, CompileOptions } from '../../compile-result.ts';
import type { Silenced } from '../../config/diagnostics/adjust.ts';
import type { Severity } from '../../diagnostics/definition.ts';
import type { ArtifactLocation, ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Rollout } from '../../rollout/rollout.ts';

/** The document that `--json` prints. Within a major version, fields are added but never renamed or removed. */
export interface JsonOutput {
  /** True if the exit code is 0. */
  readonly ok: boolean;
  readonly mode: 'write' | 'check';
  /** Relative to the current directory, like every `file`. */
  readonly config: string;
  /** The output directory, likewise. */
  readonly out: string;
  readonly diagnostics: readonly JsonDiagnostic[];
  /** The diagnostics that the config turned off, and why. */
  readonly silenced: readonly Silenced[];
  readonly artifacts: readonly JsonArtifact[];
  /** Earlier artifacts that were removed, below `out`. */
  readonly removed: readonly string[];
  /** With `--check`. */
  readonly differences: readonly Difference[];
  readonly budgets: readonly Budget[];
  /** The steps from the `dist/` on disk to this one on running machines; `unknown` if that one cannot be read. */
  readonly rollout: Rollout;
}

export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** The place in the config: keys and indexes, outermost first. */
  readonly path: ConfigPath;
  readonly message: string;
  readonly hint: string;
  /** These three are absent if the place in the file is not known. Lines and columns count from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Present when one of our artifacts is wrong. */
  readonly artifact?: ArtifactLocation;
}

export interface JsonArtifact {
  /** Below `out`. */
  readonly path: string;
  readonly kind: ArtifactKind;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** True if the file on disk was missing or different; null if the compile failed before it compared them. */
  readonly changed: boolean | null;
}

/** Converts a compilation to the form that `--json` prints. */
export function toJsonOutput(compilation: Compilation, options: CompileOptions): JsonOutput {
  const { ok, diagnostics, silenced, artifacts, written, differences, budgets, rollout } = compilation;
  const { mode, cwd } = options;
  return {
    ok,
    mode,
    config: relative(cwd, options.configFile),
    out: relative(cwd, options.outDir) || '.',
    diagnostics: diagnostics.map((diagnostic) => toJsonDiagnostic(diagnostic, cwd)),
    silenced,
    artifacts: artifacts
      .map((artifact) => ({ ...measure(artifact), changed: hasChanged(artifact, compilation, mode) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    removed: written?.removed ?? [],
    differences,
    budgets,
    rollout,
  };
}

/** Converts a diagnostic to the form that every command prints as JSON. */
export function toJsonDiagnostic(diagnostic: Diagnostic, cwd: string): JsonDiagnostic {
  const { code, severity, path, message, hint, location, artifact } = diagnostic;
  const place = location && {
    file: relative(cwd, location.file),
    line: location.line,
    column: location.column,
  };
  return { code, severity, path, message, hint, ...place, ...(artifact && { artifact }) };
}

function measure({ path, kind, text }: Artifact): Omit<JsonArtifact, 'changed'> {
  const bytes = Buffer.from(text, 'utf8');
  return { path, kind, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function hasChanged({ path }: Artifact, compilation: Compilation, mode: 'write' | 'check'): boolean | null {
  const { written, differences, ok } = compilation;
  if (written) return !written.unchanged.includes(path);
  const wasCompared = mode === 'check' && (ok || differences.length > 0);
  return wasCompared ? differences.some((difference) => difference.path === path) : null;
}
