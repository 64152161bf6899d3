import { escapeUnprintable } from '../diagnostics/escape.ts';
import type { Io } from './io.ts';

/**
 * What a person reads when something was thrown that nobody meant to throw. The stack is told on request only: it helps
 * whoever mends Fjord, and nobody else.
 *
 * @param what whose fault it is, as the beginning of a sentence
 */
export function describeThrown(what: string, error: unknown, env: Io['env']): string {
  const message = escapeUnprintable(error instanceof Error ? error.message : String(error));
  const stack = error instanceof Error && error.stack ? error.stack : message;
  return `fjord: ${what}: ${message}\n${env.FJORD_DEBUG ? stack : 'Set FJORD_DEBUG=1 to see where.'}\n`;
}
