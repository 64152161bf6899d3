import { join } from 'node:path';
import { compileConfig } from '../compile.ts';
import { findDuplicateKeys } from '../config/load/duplicate-keys.ts';
import { loadSource } from '../config/load/load.ts';
import type { LoadedConfig } from '../config/locate/loaded-config.ts';
import { place } from '../config/locate/place.ts';
import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { Example } from '../diagnostics/example.ts';
import { type Params, report } from '../diagnostics/report.ts';
import { verify } from '../verify/verify.ts';
import { applyEdit } from './apply-edit.ts';

/** Runs an example and returns all diagnostics. Does not touch the disk. */
export async function runExample(code: Code, example: Example): Promise<readonly Diagnostic[]> {
  if ('situation' in example) return [report(code, [], example.says as Params<Code>)];
  if ('source' in example) return compileSource(example.file ?? 'platform.config.ts', example.source);
  if (!('dist' in example)) return compileSource('platform.config.ts', exampleSource(example.config));

  return verify(applyEdit(await distOf(exampleSource(example.config ?? {})), example.dist));
}

/** Compiled once per config, because many examples edit the same `dist/`. */
const dists = new Map<string, ReadonlyMap<string, string>>();

async function distOf(source: string): Promise<ReadonlyMap<string, string>> {
  const known = dists.get(source);
  if (known !== undefined) return known;
  const [loaded] = await loadExample('platform.config.ts', source);
  const { artifacts } = compileConfig(loaded?.value, 'platform.config.ts');
  const dist = new Map(artifacts.map(({ path, text }) => [path, text]));
  dists.set(source, dist);
  return dist;
}

async function compileSource(file: string, source: string): Promise<readonly Diagnostic[]> {
  const [loaded, problems] = await loadExample(file, source);
  if (loaded === undefined) return problems;
  const found = place(loaded, compileConfig(loaded.value, file).diagnostics);
  return [...findDuplicateKeys(loaded.file, source), ...found];
}

/** The folder that examples appear to be in; nothing is read from it. */
export const exampleFolder = '/example';

function loadExample(file: string, source: string): Promise<Outcome<LoadedConfig>> {
  return loadSource(join(exampleFolder, file), source);
}

/** A config without any diagnostics, key by key. */
const small: Readonly<Record<string, string>> = {
  domain: "'functions.example.no'",
  nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }",
  openfaas: "{ licence: 'personal', startCheck: 'accepted' }",
  functions: "{ pay: { image: 'ghcr.io/acme/pay:1' } }",
};

/** The source of the small config with some keys replaced. A key with an empty text is left out. */
function exampleSource(keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...small, ...keys })
    .filter(([, source]) => source !== '')
    .map(([key, source]) => `  ${key}: ${source.replaceAll('\n', '\n  ')},`);
  return ['export default {', ...lines, '};', ''].join('\n');
}
