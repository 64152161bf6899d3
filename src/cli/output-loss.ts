/** Output that a stream of the process could not write, so its reader gets only a part. */
export interface OutputLoss {
  /** The system's error message; undefined as long as everything was written. */
  readonly problem: string | undefined;
  /** Takes the result of a write. A reader that closes the pipe (`| head`) does not count. */
  note(error: NodeJS.ErrnoException | null | undefined): void;
}

/** Records write errors. Only the first one is kept. */
export function createOutputLoss(): OutputLoss {
  let problem: string | undefined;
  return {
    get problem() {
      return problem;
    },
    note: (error) => {
      if (error && error.code !== 'EPIPE') problem ??= error.message;
    },
  };
}

/** The last line of output after a loss. */
export function describeLoss(problem: string): string {
  return `fjord: the output could not be written: ${problem}. It is incomplete, so do not use it.\n`;
}
