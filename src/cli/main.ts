import process from 'node:process';
import type { Compile } from '../compile-result.ts';
import { askSecret } from './commands/ask-secret.ts';
import { describeThrown } from './describe-thrown.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { outputFileOf } from './output/output-file.ts';
import { createOutputLoss, describeLoss } from './output-loss.ts';
import { runCli } from './run-cli.ts';
import { userCache } from './user-cache.ts';

// Only we write to standard output. Anything that a config prints while it is evaluated goes to standard error.
const writeOut = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const loss = createOutputLoss();
for (const stream of [process.stdout, process.stderr]) stream.on('error', loss.note);

let ending: ExitCode | undefined;
// A config can end the process, or leave it nothing to wait for. Neither must look like success.
process.on('exit', () => {
  if (ending !== undefined) return;
  process.stderr.write('fjord: the config ended the process before it was compiled; nothing was written\n');
  process.exitCode = exitCodes.refused;
});
process.on('uncaughtException', (error) => {
  const words = describeThrown(
    'an error outside the compile, in something that the config or Fjord started',
    error,
    io.env,
  );
  end(words, exitCodes.bug);
});

// Loaded when needed, so that --help and wrong options are answered at once.
const compile: Compile = async (options) => (await import('../compile.ts')).compile(options);

const io = {
  stdout: { write: (text: string) => void writeOut(text, loss.note) },
  stderr: { write: (text: string) => void process.stderr.write(text, loss.note) },
  cwd: process.cwd(),
  env: process.env,
  stdoutFile: () => outputFileOf(process.stdout.fd),
  askSecret: process.stdin.isTTY
    ? (question: string) => askSecret(process.stdin, (text) => void process.stderr.write(text), question)
    : undefined,
  cache: userCache(process.env),
  isTTY: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
};
// Not awaited: for a promise that never settles, Node would print its own warning.
void runCli(process.argv.slice(2), io, compile).then((code) => end('', code));

/** Ends the process after everything is written, even if the config left timers or servers running. */
function end(lastWords: string, code: ExitCode): void {
  ending = code;
  writeOut('', () => {
    const { problem } = loss;
    const words = problem === undefined ? lastWords : lastWords + describeLoss(problem);
    process.stderr.write(words, (error) => {
      loss.note(error);
      const isLost = code === exitCodes.done && loss.problem !== undefined;
      process.exit(isLost ? exitCodes.refused : code);
    });
  });
}
