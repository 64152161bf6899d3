import { readDirectory } from './artifacts/disk/read-directory.ts';
import { compareDiagnostics } from './config/locate/place.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { report } from './diagnostics/report.ts';
import { showPath } from './diagnostics/show-path.ts';
import { verify } from './verify/verify.ts';

/** What is told to verify. */
export interface VerifyOptions {
  /** Absolute path of the `dist/`. */
  readonly outDir: string;
  /** Absolute; paths in messages are shown relative to it. */
  readonly cwd: string;
}

/** What was found in a `dist/` on disk. */
export interface Verification {
  readonly diagnostics: readonly Diagnostic[];
  /** How many files were read. */
  readonly files: number;
}

export type VerifyDirectory = (options: VerifyOptions) => Verification;

/** Judges a `dist/` as it lies on disk, without the config: whoever wrote, edited or merged it. Trusts none of it. */
export function verifyDirectory({ outDir, cwd }: VerifyOptions): Verification {
  const [texts, unread] = readDirectory(outDir, cwd);
  if (texts.size === 0 && hasErrors(unread)) return { diagnostics: unread, files: 0 };
  const found = verifyUntrusted(texts, showPath(outDir, cwd));
  const diagnostics = showLines([...unread, ...found], texts).toSorted(compareDiagnostics);
  return { diagnostics, files: texts.size };
}

/** What is nested or referred to without end runs out of room, which is a property of the file and no fault of ours. */
function verifyUntrusted(texts: ReadonlyMap<string, string>, directory: string): readonly Diagnostic[] {
  try {
    return verify(texts);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [report('verify/too-much', [], { directory, what: 'holds something nested without end' })];
  }
}

/** Adds the line itself to each diagnostic that knows one in a file that is at hand. */
function showLines(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { artifact } = diagnostic;
    if (artifact?.line === undefined) return diagnostic;
    const text = texts.get(artifact.path)?.split('\n')[artifact.line - 1];
    return text === undefined ? diagnostic : { ...diagnostic, artifact: { ...artifact, text } };
  });
}
