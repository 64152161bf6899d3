import { createRequire } from 'node:module';

/** The whole of YAML. Loaded only for a text or a value that is not plain: see `readPlainYaml` and `printYaml`. */
export function loadYaml(): typeof import('yaml') {
  return createRequire(import.meta.url)('yaml');
}
