import { readFileSync } from 'node:fs';
import process from 'node:process';
import { statOf } from './stat-of.ts';

/**
 * Calls `gone` once npm, or a shell between it and this process, has ended. npm passes SIGTERM on to its shell, which ends
 * without passing it on, so this process would go on with nobody to end it. Who starts it without npm may leave it running.
 *
 * @returns how to stop looking
 */
export function watchStarters(gone: () => void): () => void {
  const starters = startersOf().map((pid) => ({ pid, start: statOf(pid)?.start }));
  if (starters.length === 0) return () => {};
  const timer = setInterval(() => {
    if (starters.every(({ pid, start }) => statOf(pid)?.start === start)) return;
    clearInterval(timer);
    gone();
  }, 500);
  return () => clearInterval(timer);
}

/** The processes between this one and npm, and npm, which gives its scripts a variable that it has not itself. */
function startersOf(): number[] {
  const found: number[] = [];
  let [pid, isOfScript] = [process.pid, isOfNpm(process.pid)];
  while (isOfScript) {
    pid = statOf(pid)?.parent ?? 0;
    if (pid <= 1) break;
    found.push(pid);
    isOfScript = isOfNpm(pid);
  }
  return found;
}

function isOfNpm(pid: number): boolean {
  try {
    return /(^|\0)npm_lifecycle_event=/.test(readFileSync(`/proc/${pid}/environ`, 'utf8'));
  } catch {
    return false;
  }
}
