import { dirname, join, resolve } from 'node:path';
import type { Compilation, Compile, CompileOptions } from '../../compile-result.ts';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';
import { fileCount } from '../output/counts.ts';
import { document, type OutputFormat } from '../output/format.ts';
import { toGithub } from '../output/github.ts';
import { toJsonOutput } from '../output/json.ts';
import { printDifferences } from '../output/print-differences.ts';
import { printRollout } from '../output/print-rollout.ts';
import { printSummary } from '../output/print-summary.ts';
import { toSarif } from '../output/sarif.ts';

/** `fjord synth`'s options, as typed. */
export interface SynthFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
  /** @default `dist` beside the config file */
  readonly out?: string;
  /** The name of the platform in the output directory that may be replaced. */
  readonly replacePlatform?: string;
  readonly check?: boolean;
  readonly strict?: boolean;
  /** @default 'pretty' */
  readonly format?: OutputFormat;
  /** The same as `format: 'json'`. */
  readonly json?: boolean;
}

/** Compiles the config and prints the result for a person or a program. */
export async function synth(flags: SynthFlags, io: Io, compile: Compile): Promise<ExitCode> {
  const configFile = flags.config === undefined ? findConfig(io.cwd) : resolve(io.cwd, flags.config);
  const options: CompileOptions = {
    configFile,
    outDir: flags.out === undefined ? join(dirname(configFile), 'dist') : resolve(io.cwd, flags.out),
    mode: flags.check ? 'check' : 'write',
    strict: flags.strict ?? false,
    replaces: flags.replacePlatform,
    cwd: io.cwd,
    cache: io.cache,
  };
  const compilation = await compile(options);
  const { diagnostics, differences } = compilation;
  switch (flags.json ? 'json' : (flags.format ?? 'pretty')) {
    case 'json':
      io.stdout.write(document(toJsonOutput(compilation, options)));
      break;
    case 'sarif':
      io.stdout.write(document(toSarif(diagnostics, options, differences)));
      break;
    case 'github':
      io.stdout.write(toGithub(diagnostics, options, differences));
      break;
    case 'pretty':
      tell(compilation, options, io);
  }
  return compilation.ok ? exitCodes.done : exitCodes.refused;
}

function tell(compilation: Compilation, options: CompileOptions, io: Io): void {
  const { diagnostics, differences, artifacts, ok } = compilation;
  const out = showPath(options.outDir, io.cwd);
  io.stderr.write(print(diagnostics, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  const colors = chooseColors(io, 'stdout');
  if (differences.length > 0) {
    io.stdout.write(printDifferences(differences, { colors, out }));
    io.stdout.write(
      printRollout(compilation.rollout, colors)
        .map((line) => `\n${line}`)
        .join(''),
    );
  } else if (!ok) {
    const why = hasErrors(diagnostics) ? 'of the errors above' : '--strict treats warnings as errors';
    const done = options.mode === 'check' ? 'Nothing was compared' : `Nothing in ${out} was changed`;
    io.stderr.write(`\n${done}, because ${why}.\n`);
  } else if (options.mode === 'check') {
    io.stdout.write(`${colors.green('✓')} ${out} is up to date: ${fileCount(artifacts.length)}\n`);
  } else {
    io.stdout.write(printSummary(compilation, { colors, out }));
  }
}
