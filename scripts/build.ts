import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile, type Plugin, type StdinOptions } from 'esbuild';
import Handlebars from 'handlebars';
import {
  templateOptions,
  templates,
  templatesDigest,
  templateText,
  templateTree,
} from '../src/renderers/template.ts';

/**
 * Builds `lib/`, what the package has for `src/`: the command as one file, so that its start costs one read, with the
 * packages that it uses, and the types of a config.
 */
async function main(): Promise<void> {
  rmSync('lib', { recursive: true, force: true });
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  await build({ ...common, entryPoints: ['src/index.ts'], format: 'esm', outfile: 'lib/index.js' });

  const late = new Set<string>();
  const front = await bundle('front', ['src/cli/main.ts'], [ownPlaces, loadedLate(late)]);
  const parts = [...late].map((path) => `'${path}': () => require('./${path}'),`).join('\n');
  const rest = await bundle(
    'late',
    { contents: `module.exports = {\n${parts}\n};`, resolveDir: 'src', loader: 'js' },
    [compiledTemplates, ownPlaces, runtimeOfAjv],
  );
  await build({
    ...common,
    entryPoints: ['src/cli/launch.ts'],
    format: 'cjs',
    outfile: 'lib/fjord.cjs',
    define: { bundles: JSON.stringify({ front: digestOf('lib/front.cjs'), late: digestOf('lib/late.cjs') }) },
  });
  writeFileSync('lib/LICENCES', licences([...Object.keys(front.inputs), ...Object.keys(rest.inputs)]));
}

const common = { bundle: true, platform: 'node', target: 'node20.19', charset: 'ascii' } as const;

async function bundle(
  name: string,
  entry: readonly string[] | StdinOptions,
  plugins: Plugin[],
): Promise<Metafile> {
  const { metafile } = await build({
    ...common,
    ...('contents' in entry ? { stdin: entry } : { entryPoints: [...entry] }),
    format: 'cjs',
    outfile: `lib/${name}.cjs`,
    external: ['jiti', 'ajv'],
    // An `import()` here is for what is rarely needed, and is as lazy as `require`.
    supported: { 'dynamic-import': false },
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    banner: {
      js: "const placeOf = (place) => require('node:url').pathToFileURL(__dirname + '/' + place).href;",
    },
    plugins,
  });
  if (/[^\0-\x7f]/.test(readFileSync(`lib/${name}.cjs`, 'utf8'))) {
    throw new Error(`lib/${name}.cjs has other characters than ASCII, which is what the launcher reads`);
  }
  return metafile;
}

/** The launcher reads bytes as characters, which is fast. The bundler would leave those in regular expressions. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * What is imported when it is needed is in a second bundle, so that the help and the version need not wait for it.
 *
 * @param paths gets what this is, below `src/`
 */
function loadedLate(paths: Set<string>): Plugin {
  return {
    name: 'loaded-late',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = relative(join(process.cwd(), 'src'), join(resolveDir, path));
        paths.add(file);
        return { path: file, namespace: 'late' };
      });
      onResolve({ filter: /^\.\/late\.cjs$/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
        contents: `module.exports = require('./late.cjs')['${path}']();`,
        loader: 'js',
      }));
    },
  };
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Keeps what a module finds by its own place: `import.meta.url` is where the module would be if it were not bundled, and
 * what is required by a literal path becomes part of the bundle.
 */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup: ({ onLoad }) => {
    const src = join(process.cwd(), 'src');
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const place = JSON.stringify(relative(src, path));
      const contents = inAscii(readFileSync(path, 'utf8'))
        .replace(/createRequire\(\s*import\.meta\.url,?\s*\)\(\s*('[^']+'),?\s*\)/g, 'require($1)')
        .replaceAll('import.meta.url', `placeOf(${place})`);
      return { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

/** The few lines of ajv that compiled schemas call. The rest of it is a package of its own, which is loaded when it is needed. */
const runtimeOfAjv: Plugin = {
  name: 'runtime-of-ajv',
  setup: ({ onResolve }) => {
    const { resolve } = createRequire(import.meta.url);
    onResolve({ filter: /^ajv\/dist\/runtime\// }, ({ path }) => ({ path: resolve(path) }));
  },
};

/** Templates are compiled now, so that only the part of Handlebars that prints is in the bundle. */
const compiledTemplates: Plugin = {
  name: 'compiled-templates',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/src\/renderers\/template\.ts$/ }, ({ path }) => {
      const entry = (file: string, value: string) => `${JSON.stringify(file)}: ${value},`;
      const withoutPlaces = (key: string, value: unknown) => (key === 'loc' ? undefined : value);
      const text = (value: string) => JSON.stringify(value);
      const contents = [
        "import Handlebars from 'handlebars/runtime';",
        'const compiled = {',
        ...templates.map((file) =>
          entry(file, `() => (${Handlebars.precompile(templateText(file), templateOptions)})`),
        ),
        '};',
        'const texts = {',
        ...templates.map((file) => entry(file, text(templateText(file)))),
        '};',
        'const trees = {',
        ...templates.map((file) => entry(file, text(JSON.stringify(templateTree(file), withoutPlaces)))),
        '};',
        'export function template(file) {',
        '  let print;',
        '  return (view) => (print ??= Handlebars.template(compiled[file]()))(view);',
        '}',
        'export const templateText = (file) => texts[file];',
        'export const templateTree = (file) => JSON.parse(trees[file]);',
        `export const templatesDigest = ${text(templatesDigest)};`,
      ].join('\n');
      return { contents, loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** The licences of all packages that are in the bundles, which ask for no more than to be kept. */
function licences(inputs: readonly string[]): string {
  const packages = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...packages].sort().map(licenceOf).join('\n');
}

/** @throws if a package has none that we know */
function licenceOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (!bundled.includes(license)) throw new Error(`${name} has the licence ${license}`);
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
  return `${name} ${version}: ${license}\n${text}`;
}

const bundled = ['Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', '(MIT AND Zlib)'];

await main();
