import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Reply } from './messages.ts';

/** A TypeScript program beside this file, in another network, that is asked and replies. */
export interface Child {
  ask(value: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `program` by `enter`, the beginning of a command that takes it to its network, and waits until it is there. */
export async function startChild(
  enter: readonly string[],
  program: string,
  ...args: string[]
): Promise<Child> {
  const [tool = '', ...rest] = [
    ...enter,
    process.execPath,
    '--import',
    'tsx',
    join(import.meta.dirname, program),
  ];
  const child = spawn(tool, [...rest, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${program} ended`)));
    child.on('message', (message: 'listening' | Reply) => {
      if (message === 'listening') return resolve();
      waiting.get(message.number)?.(message);
      waiting.delete(message.number);
    });
  });
  return {
    ask: (value) =>
      new Promise((resolve, reject) => {
        const number = ++count;
        waiting.set(number, ({ value: reply, error }) =>
          error === undefined ? resolve(reply) : reject(new Error(error)),
        );
        child.send({ number, value });
      }),
    stop: () => ended(child),
  };
}

/** Ends a process and waits until it has. */
export function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
