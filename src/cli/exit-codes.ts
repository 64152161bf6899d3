/** What the process ends with. `--help` prints this table. */
export const exitCodes = {
  /** Done; with `--check`: the output directory is as compiled. */
  done: 0,
  /** There were errors, or with `--strict` warnings, or with `--check` differences; or the output could not be written. */
  refused: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Fjord itself is wrong. */
  bug: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `
Exit codes:
  0  done; with --check: nothing differs
  1  errors, warnings with --strict, differences with --check; output that cannot be written
  2  the command line is wrong
  3  a bug in Fjord`;
