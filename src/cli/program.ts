import { Command, InvalidArgumentError, Option } from 'commander';
import { readVersion } from '../version.ts';
import type { CapacityFlags } from './commands/capacity.ts';
import type { CostFlags } from './commands/cost.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { FlowsFlags } from './commands/flows.ts';
import type { RehearseFlags } from './commands/rehearse.ts';
import type { SynthFlags } from './commands/synth.ts';
import type { UserDataFlags } from './commands/user-data.ts';
import type { VerifyFlags } from './commands/verify.ts';
import { exitCodesHelp } from './exit-codes.ts';
import type { Io } from './io.ts';
import { flowsFormats } from './output/flows/flows-formats.ts';
import { outputFormats } from './output/format.ts';
import { costFormats, reportFormats } from './output/report-formats.ts';

/** The implementation of each command. */
export interface Commands {
  readonly synth: (flags: SynthFlags) => Promise<void>;
  readonly explain: (what: string | undefined, flags: ExplainFlags) => Promise<void>;
  readonly flows: (flags: FlowsFlags) => Promise<void>;
  readonly verify: (directory: string, flags: VerifyFlags) => Promise<void>;
  readonly cost: (flags: CostFlags) => Promise<void>;
  readonly capacity: (flags: CapacityFlags) => Promise<void>;
  readonly userData: (node: string, flags: UserDataFlags) => Promise<void>;
  readonly rehearse: (
    old: string | undefined,
    changed: string | undefined,
    flags: RehearseFlags,
  ) => Promise<void>;
}

/** Defines all commands and options. Parsing throws a `CommanderError` instead of ending the process. */
export function makeProgram(io: Io, commands: Commands): Command {
  const program = new Command('fjord')
    .description('Compiles one typed platform.config.ts into a serverless platform on your own servers.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', exitCodesHelp)
    .showHelpAfterError('Run fjord --help for the commands.')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // The same width for everyone, because people copy it.
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
    })
    .exitOverride();
  program
    .command('synth')
    .description('compile the config into the output directory')
    .option(
      '--config <file>',
      'the config file (default: platform.config.ts here, or .mts .js .mjs .cjs .json)',
      path,
    )
    .option('--out <directory>', 'the output directory (default: dist beside the config file)', path)
    .option('--replace-platform <name>', 'allow replacing this platform in the output directory')
    .option('--check', 'write nothing; show the changes, and fail if there are any')
    .option('--strict', 'fail on warnings')
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText('after', exitCodesHelp)
    .action((flags: SynthFlags) => commands.synth(flags));
  program
    .command('explain')
    .description('explain a diagnostic code, or a value of the config')
    .argument('[what]', 'a code (check/unknown-key) or a path in the config (gateway.maxBody)')
    .option('--config <file>', 'the config file (default: platform.config.ts here)', path)
    .addHelpText('after', exitCodesHelp)
    .action((what: string | undefined, flags: ExplainFlags) => commands.explain(what, flags));
  program
    .command('verify')
    .description('check an output directory as it is on disk, without the config')
    .argument('[directory]', 'the output directory', 'dist')
    .option('--strict', 'fail on warnings')
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText('after', exitCodesHelp)
    .action((directory: string, flags: VerifyFlags) => commands.verify(directory, flags));
  program
    .command('flows')
    .description('list everything that the platform calls: what is sent, where, and under whose law')
    .option('--config <file>', 'the config file (default: as for synth)', path)
    .addOption(
      new Option('--format <format>', 'the format of the output (default: pretty)').choices(flowsFormats),
    )
    .addHelpText('after', exitCodesHelp)
    .action((flags: FlowsFlags) => commands.flows(flags));
  program
    .command('user-data')
    .description("print a node's user-data to paste, with its join tokens filled in")
    .argument('<node>', 'the name of a node')
    .option('--config <file>', 'the config file (default: as for synth)', path)
    .option('--out <directory>', 'the output directory (default: dist beside the config file)', path)
    .option('--restore', 'for a new machine that waits for a backup of this node before it starts anything')
    .option(
      '--file <path=local>',
      'put a file of yours on the node: its path there, and where it is here (repeatable)',
      several,
    )
    .option('--files <directory>', 'put those of the needed files there that this has at their paths', path)
    .addHelpText('after', tokensHelp)
    .addHelpText('after', exitCodesHelp)
    .action((node: string, flags: UserDataFlags) => commands.userData(node, flags));
  program
    .command('cost')
    .description('compare what the platform costs with what public clouds would bill for its traffic')
    .option('--config <file>', 'the config file (default: as for synth)', path)
    .addOption(
      new Option('--format <format>', 'the format of the report (default: pretty); svg is a chart').choices(
        costFormats,
      ),
    )
    .addHelpText('after', exitCodesHelp)
    .action((flags: CostFlags) => commands.cost(flags));
  program
    .command('capacity')
    .description('compute how much traffic the platform carries, and what is full first')
    .option('--config <file>', 'the config file (default: as for synth)', path)
    .addOption(
      new Option('--format <format>', 'the format of the report (default: pretty)').choices(reportFormats),
    )
    .addHelpText('after', exitCodesHelp)
    .action((flags: CapacityFlags) => commands.capacity(flags));
  program
    .command('rehearse')
    .description('boot the platform on machines made for it, and let misfortunes happen to it')
    .argument('[old]', 'the config that runs first (default: as for synth)', path)
    .argument('[new]', 'the config that it is changed to, while it is called', path)
    .option('--only <names>', 'only these misfortunes, with commas between them')
    .option('--list', 'list the misfortunes')
    .option('--prepare', 'make and build what rehearsals need, once')
    .addOption(
      new Option('--format <format>', 'the format of the report (default: pretty)').choices(reportFormats),
    )
    .addHelpText('after', exitCodesHelp)
    .action((old: string | undefined, changed: string | undefined, flags: RehearseFlags) =>
      commands.rehearse(old, changed, flags),
    );
  return program;
}

const tokensHelp = `
Tokens are read from the environment, or asked for:
  FJORD_SERVER_TOKEN  for servers, if there are several
  FJORD_AGENT_TOKEN   for servers and agents, if there are agents
Files that only the node has (keys, passwords) come from --file and --files. Those
of one line are asked for.`;

function formatOption(): Option {
  return new Option('--format <format>', 'the format of the output (default: pretty)').choices(outputFormats);
}

function jsonOption(): Option {
  return new Option('--json', 'the same as --format json').conflicts('format');
}

function several(value: string, before: readonly string[] = []): readonly string[] {
  if (!/^\/[^=]*=./.test(value)) throw new InvalidArgumentError('Write PATH=LOCAL.');
  return [...before, value];
}

function path(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}
