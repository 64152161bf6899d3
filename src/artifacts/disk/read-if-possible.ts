import { readFileSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** A file's bytes, or undefined when the operating system does not give them. */
export function readIfPossible(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
