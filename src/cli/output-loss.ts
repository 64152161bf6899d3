/** What a stream of the process could not write, of which whoever reads it gets only a part. */
export interface OutputLoss {
  /** What went wrong, in the system's words; undefined while everything has been written. */
  readonly problem: string | undefined;
  /** Takes what a write ended with. A reader that has seen enough (`| head`) is no loss. */
  note(error: NodeJS.ErrnoException | null | undefined): void;
}

/** Notes what could not be written: the first failure is the one that counts. */
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

/** What is said of it at the end. */
export function describeLoss(problem: string): string {
  return `fjord: the output could not be written: ${problem}. Do not use what is there; it is not whole.\n`;
}
