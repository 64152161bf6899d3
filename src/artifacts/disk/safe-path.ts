/** Control characters, and characters that other systems than Linux read as a separator or a drive. */
const forbidden = /[\p{Cc}\\:]/u;

/**
 * True if a path stays below the directory that it is joined to: relative, with `/` between parts, without empty, `.`,
 * `..` or `.git` parts. It does not check symbolic links on disk; the inventory does.
 */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1024 || forbidden.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part !== '.git');
}

/** The directories above a path, outermost first: `a/b/c` has `a` and `a/b`. */
export function directoriesAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Throws if a set of artifact paths cannot be files of one directory. That is a bug in a renderer and not in the config:
 * names that users choose are checked much earlier.
 */
export function assertSafePaths(paths: readonly string[]): void {
  const taken = new Set<string>();
  // Lower case, because some filesystems do not distinguish `A` and `a`.
  const directories = new Set(paths.flatMap(directoriesAbove).map((path) => path.toLowerCase()));
  for (const path of paths) {
    const key = path.toLowerCase();
    if (!isSafePath(path))
      throw new Error(`artifact path ${JSON.stringify(path)} is not a safe relative path`);
    if (taken.has(key)) throw new Error(`two artifacts have the path ${JSON.stringify(path)}`);
    if (directories.has(key)) throw new Error(`artifact path ${JSON.stringify(path)} is also a directory`);
    taken.add(key);
  }
}
