import { relative, sep } from 'node:path';

/** A path as a person in `cwd` would name it: relative when it is in or near that directory, else absolute. */
export function showPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith(`..${sep}..${sep}`) ? path : short;
}
