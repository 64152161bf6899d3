import { createRequire } from 'node:module';

/** ajv, which says what is wrong with a value. Loaded only once something is: it takes longer than a whole compile. */
export function loadAjv(): typeof import('ajv').Ajv {
  return createRequire(import.meta.url)('ajv').Ajv;
}
