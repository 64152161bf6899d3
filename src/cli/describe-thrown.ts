import { escapeUnprintable } from '../diagnostics/escape.ts';
import type { Io } from './io.ts';
import { withSourcePlaces } from './source-places.ts';

/**
 * Describes an unexpected error for the user. The stack is printed only on request, because it only helps developers of
 * Fjord.
 *
 * @param what the source of the error, as the beginning of a sentence
 */
export function describeThrown(what: string, error: unknown, env: Io['env']): string {
  const message = escapeUnprintable(error instanceof Error ? error.message : String(error));
  const stack = error instanceof Error && error.stack ? withSourcePlaces(error.stack) : message;
  return `fjord: ${what}: ${message}\n${env.FJORD_DEBUG ? stack : 'Set FJORD_DEBUG=1 to see where.'}\n`;
}
