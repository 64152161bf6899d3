import { relative, sep } from 'node:path';

/** Shows a path to a user in `cwd`: relative if it is in or near that directory, else absolute. */
export function showPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith(`..${sep}..${sep}`) ? path : short;
}
