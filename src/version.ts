import { readFileSync } from 'node:fs';

/** Fjord's own version, from its package.json. */
export function readVersion(): string {
  // The same step up from src and from lib.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}
