import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';

/**
 * Starts a program that the kernel kills when this process ends, however that ends. It is in a process group of its own, so
 * Ctrl-C reaches it only by us.
 */
export function spawnBound([program = '', ...args]: readonly string[], stdio: StdioOptions): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], { stdio, detached: true });
}
