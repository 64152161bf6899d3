import { resolve } from 'node:path';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import type { Verification, VerifyDirectory, VerifyOptions } from '../../verify-directory.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { fileCount } from '../output/counts.ts';
import { document, type OutputFormat } from '../output/format.ts';
import { toGithub } from '../output/github.ts';
import { toJsonDiagnostic } from '../output/json.ts';
import { toSarif } from '../output/sarif.ts';

/** `fjord verify`'s options, as typed. */
export interface VerifyFlags {
  readonly strict?: boolean;
  /** @default 'pretty' */
  readonly format?: OutputFormat;
  /** The same as `format: 'json'`. */
  readonly json?: boolean;
}

/** Checks a directory and prints the result for a person or a program. */
export function verify(
  directory: string,
  flags: VerifyFlags,
  io: Io,
  verifyDirectory: VerifyDirectory,
): ExitCode {
  const options = { outDir: resolve(io.cwd, directory), cwd: io.cwd };
  const verification = verifyDirectory(options);
  const { diagnostics, files } = verification;
  const ok =
    !hasErrors(diagnostics) && !(flags.strict && diagnostics.some(({ severity }) => severity === 'warning'));
  switch (flags.json ? 'json' : (flags.format ?? 'pretty')) {
    case 'json': {
      const found = diagnostics.map((diagnostic) => toJsonDiagnostic(diagnostic, io.cwd));
      io.stdout.write(document({ ok, out: showPath(options.outDir, io.cwd), files, diagnostics: found }));
      break;
    }
    case 'sarif':
      io.stdout.write(document(toSarif(diagnostics, options)));
      break;
    case 'github':
      io.stdout.write(toGithub(diagnostics, options));
      break;
    case 'pretty':
      tell(verification, ok, options, io);
  }
  return ok ? exitCodes.done : exitCodes.refused;
}

function tell({ diagnostics, files }: Verification, ok: boolean, { outDir }: VerifyOptions, io: Io): void {
  io.stderr.write(print(diagnostics, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  if (!ok) return;
  const colors = chooseColors(io, 'stdout');
  io.stdout.write(`${colors.green('✓')} ${showPath(outDir, io.cwd)}: ${fileCount(files)}, all consistent\n`);
}
