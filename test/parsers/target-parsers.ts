import { runTool } from '../conformance/run-tool.ts';

/** The tool of `.ci/install-tools` that has the parsers of K3s, containerd and Kubernetes: `go/main.go`. */
export const targetParsers = 'target-parsers';

export type Question =
  | { readonly parser: 'cron' | 'image'; readonly text: string }
  | {
      readonly parser: 'rewrite';
      readonly pattern: string;
      readonly replacement: string;
      readonly repository: string;
    }
  | {
      readonly parser: 'proxy';
      readonly text: string;
      readonly noProxy: string;
      readonly target: string;
    };

export interface Answer {
  /** Why the parser refuses it. */
  readonly error?: string;
  /** Of cron: the first time after the beginning of 2026; missing if there is none. */
  readonly next?: string;
  readonly registry?: string;
  readonly repository?: string;
  /** What is asked for in place of the repository. */
  readonly rewritten?: string;
  /** Missing if none is used. */
  readonly proxy?: string;
}

/** Asks all questions in one run, and returns their answers in the same order. */
export function askParsers(path: string, questions: readonly Question[]): Answer[] {
  const { status, stdout, stderr } = runTool(
    path,
    [],
    questions.map((one) => JSON.stringify(one)).join('\n'),
  );
  if (status !== 0) throw new Error(`${targetParsers}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
}
