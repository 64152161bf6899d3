/** Exit codes of the process. `--help` prints this table. */
export const exitCodes = {
  /** Success; with `--check`: the output directory is up to date. */
  done: 0,
  /** Errors, with `--strict` also warnings, with `--check` also differences; or the output could not be written. */
  refused: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A bug in Fjord. */
  bug: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `
Exit codes:
  0  done; with --check: nothing differs
  1  errors, warnings with --strict, differences with --check; output that cannot be written
  2  the command line is wrong
  3  a bug in Fjord`;
