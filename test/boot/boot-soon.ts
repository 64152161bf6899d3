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
    result ??= Promise.resolve(options()).then((ready) => inTurn(() => bootNode(ready)));
    return result;
  };
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
