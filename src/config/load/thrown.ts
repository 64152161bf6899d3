import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quote } from '../../diagnostics/quote.ts';

/** What was thrown, on one line: `TypeError: x is not a function`. Anything can be thrown, so nothing is assumed. */
export function describeThrown(error: unknown): string {
  try {
    if (!(error instanceof Error)) return quote(error);
    const [message = ''] = readable(error.message).split('\n');
    return message === '' ? error.name : `${error.name}: ${message}`;
  } catch {
    return 'something that cannot be shown';
  }
}

/**
 * The first line of a stack that lies in a file of the user's, not in Fjord's or an installed package's. Below the
 * loader come those who called it, who have no part in what the config does.
 */
export function userFrame(error: unknown): { file: string; line: number } | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined;
  for (const frame of error.stack.split('\n')) {
    const [, at, line] = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::\d+)?\)?$/.exec(frame) ?? [];
    if (at === undefined) continue;
    const file = at.startsWith('file:') ? fileURLToPath(at) : at;
    if (file.startsWith(loaderFolder) || file.includes(`${sep}node_modules${sep}jiti${sep}`))
      return undefined;
    if (!file.startsWith(ownFolder) && !file.includes(`${sep}node_modules${sep}`)) {
      return { file, line: Number(line) };
    }
  }
  return undefined;
}

const loaderFolder = fileURLToPath(new URL('..', import.meta.url));
const ownFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Restores an imported name from what the transpiler made of it: `(0, _fjord.definePlatform) is …`. */
function readable(message: string): string {
  return message.replace(/\(0 ?, ?_\w+\.(\w+)\)/g, '$1');
}
