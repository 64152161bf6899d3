import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The last step of each `docs:*` and `schemas:*` command. Writes the files that it made, by their path in the
 * repository. With `--check` it writes nothing, and exits 1 if a committed file differs.
 */
export function writeGenerated(command: string, files: Readonly<Record<string, string>>): void {
  const check = process.argv.includes('--check');
  for (const [path, text] of Object.entries(files)) {
    const file = join(process.cwd(), path);
    if (readIfPresent(file) === text) continue;
    if (check) {
      console.error(`${path} is out of date: npm run ${command}`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
