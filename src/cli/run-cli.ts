import { CommanderError } from 'commander';
import type { Compile } from '../compile-result.ts';
import { explain } from './commands/explain.ts';
import { synth } from './commands/synth.ts';
import { userData } from './commands/user-data.ts';
import { verify } from './commands/verify.ts';
import { describeThrown } from './describe-thrown.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { makeProgram } from './program.ts';

/**
 * Runs one command line. Never throws: an exception is printed as a bug.
 *
 * @param argv the arguments, without the program's name
 */
export async function runCli(argv: readonly string[], io: Io, compile: Compile): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const program = makeProgram(io, {
    synth: async (flags) => {
      code = await synth(flags, io, compile);
    },
    flows: async (flags) => {
      code = await (await import('./commands/flows.ts')).flows(flags, io, compile);
    },
    userData: async (node, flags) => {
      code = await userData(node, flags, io, compile);
    },
    cost: async (flags) => {
      code = await (await import('./commands/cost.ts')).cost(flags, io);
    },
    capacity: async (flags) => {
      code = await (await import('./commands/capacity.ts')).capacity(flags, io);
    },
    rehearse: async (old, changed, flags) => {
      const { rehearseCommand } = await import('./commands/rehearse.ts');
      code = await rehearseCommand(old, changed, flags, io);
    },
    explain: async (what, flags) => {
      code = await explain(what, flags, io);
    },
    verify: async (directory, flags) => {
      code = verify(directory, flags, io, (await import('../verify-directory.ts')).verifyDirectory);
    },
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander's exit code is 1 for every wrong command line, and 0 after --help or --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    io.stderr.write(describeThrown('this is a bug in Fjord, not in your config', error, io.env));
    return exitCodes.bug;
  }
}
