import { runCli } from '../../src/cli/run-cli.ts';
import type { Compilation, CompileOptions } from '../../src/compile-result.ts';

const empty: Compilation = {
  diagnostics: [],
  silenced: [],
  artifacts: [],
  differences: [],
  written: undefined,
  budgets: [],
  rollout: [],
  ok: true,
};

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the compiler was told, when it was called. */
  readonly options: CompileOptions | undefined;
}

export interface Circumstances {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  /** The file that standard output is. */
  readonly file?: string;
  /** What a person answers. */
  readonly answer?: string;
}

/** Runs a command line against a compiler that gives `result`, or throws it when it is an error. */
export async function run(
  argv: readonly string[],
  result: Partial<Compilation> | Error = {},
  { cwd = '/nowhere', env = {}, terminal = false, file, answer }: Circumstances = {},
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  let options: CompileOptions | undefined;
  const io = {
    stdout: { write: (text: string) => void out.push(text) },
    stderr: { write: (text: string) => void err.push(text) },
    cwd,
    env,
    stdoutFile: () => file,
    askSecret: answer === undefined ? undefined : async () => answer,
    isTTY: { stdout: terminal, stderr: terminal },
  };
  const code = await runCli(argv, io, async (given) => {
    options = given;
    if (result instanceof Error) throw result;
    return { ...empty, ...result };
  });
  return { code, stdout: out.join(''), stderr: err.join(''), options };
}
