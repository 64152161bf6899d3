import { extname } from 'node:path';
import type { Jiti, JitiOptions, TransformOptions, TransformResult } from 'jiti';
import { readVersion } from '../../version.ts';
import type { Cache } from './cache.ts';

/** What a config file exports. */
export interface Exports {
  /** Whether there is something that counts as the default export. */
  readonly hasDefault: boolean;
  readonly value: unknown;
  /** Names of the other exports, sorted. */
  readonly names: readonly string[];
}

/**
 * Runs a config's source, TypeScript or JavaScript, and returns its exports. It throws what the config throws.
 * `fjord` is this very package, whether it is installed or not.
 *
 * @param cache keeps the source as JavaScript; what it does when it runs is never kept
 */
export async function evaluate(file: string, source: string, cache?: Cache): Promise<Exports> {
  const [{ createJiti }, fjord] = await Promise.all([import('jiti'), import('../../index.ts')]);
  const transform = cache && cached(cache, createJiti(file, options));
  const jiti = createJiti(file, {
    ...options,
    ...(transform && { transform }),
    virtualModules: { __proto__: null, fjord },
  });
  try {
    const module: unknown = await jiti.evalModule(source, {
      id: file,
      filename: file,
      ext: extname(file),
      async: true,
      forceTranspile: true,
    });
    return defaultExport(module);
  } catch (error) {
    if (isNullDefault(error)) return { hasDefault: true, value: null, names: [] };
    throw error;
  }
}

/** Transpiles each text once. The loader has the transpiler, which takes longer than all else that it does. */
function cached(cache: Cache, transpiler: Jiti): (of: TransformOptions) => TransformResult {
  return (of) => {
    const key = { kind: 'config', of: [readVersion(), JSON.stringify(of)] };
    const known = cache.read(key)?.toString('utf8');
    if (known !== undefined) return { code: known };
    const code = transpiler.transform(of);
    // It throws where it is run.
    if (!code.includes('__JITI_ERROR__')) cache.write(key, Buffer.from(code));
    return { code };
  };
}

/** jiti 2.7 throws for `export default null`: its wrapper looks for a promise's `then` on the null. */
function isNullDefault(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const [, frame = ''] = error.stack?.split('\n') ?? [];
  return error.message === "Cannot read properties of null (reading 'then')" && /[\\/]jiti\.cjs:/.test(frame);
}

// Each option is set, because jiti would take it from a JITI_* variable of the environment.
const options: JitiOptions = {
  fsCache: false,
  moduleCache: false,
  debug: false,
  sourceMaps: false,
  interopDefault: true,
  tryNative: false,
  jsx: false,
  tsconfigPaths: false,
  esmEvalTempFile: false,
  alias: {},
  nativeModules: [],
  transformModules: [],
  extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.json'],
};

/** An ES module's `default`, or the whole `module.exports` of a CommonJS file. */
function defaultExport(module: unknown): Exports {
  if ((typeof module !== 'object' && typeof module !== 'function') || module === null) {
    return { hasDefault: true, value: module, names: [] };
  }
  const own = Object.getOwnPropertyNames(module);
  const names = own.filter((name) => name !== 'default' && name !== '__esModule').sort();
  if (typeof module === 'function') return { hasDefault: true, value: module, names: [] };
  // The loader's wrapper shows other things as `default` when that is missing; the descriptor is the file's own.
  const written = Object.getOwnPropertyDescriptor(module, 'default');
  if (written) return { hasDefault: true, value: written.get ? written.get() : written.value, names };
  const isCommonJs = !own.includes('__esModule') && names.length > 0;
  return { hasDefault: isCommonJs, value: isCommonJs ? Reflect.get(module, 'default') : undefined, names };
}
