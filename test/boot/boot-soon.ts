import { type BootOptions, bootNode } from './boot-node.ts';
import type { BootResult } from './boot-result.ts';

/** An emulated machine keeps about one processor busy. */
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Gives a boot that starts when it is first asked for and a machine is free, and is the same one afterwards. */
export function bootSoon(options: () => BootOptions | Promise<BootOptions>): () => Promise<BootResult> {
  let result: Promise<BootResult> | undefined;
  return () => {
    result ??= begin(options());
    return result;
  };
}

/** A boot that needs what another one left has waited for that, so it is ahead of the others. */
async function begin(options: BootOptions | Promise<BootOptions>): Promise<BootResult> {
  const ready = await options;
  return inTurn(() => bootNode(ready), options instanceof Promise);
}

async function inTurn<T>(work: () => Promise<T>, ahead: boolean): Promise<T> {
  if (running < atOnce) running += 1;
  else await new Promise<void>((resolve) => (ahead ? waiting.unshift(resolve) : waiting.push(resolve)));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
