import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { yamlDocuments, yamlValues } from '../../artifacts/yaml-documents.ts';
import type { ConfigPath, Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { LoadedConfig, ManifestFile } from '../locate/loaded-config.ts';
import { locateInYaml } from '../locate/locate-in-manifest.ts';
import { place } from '../locate/place.ts';
import { lineLocation, rangeLocation } from '../locate/source-lines.ts';
import { plainData } from './plain-data.ts';
import { reasonOf } from './read-source.ts';

/** Bytes. A node's whole user-data is smaller with every provider. */
const maxSize = 262_144;

/** As the config's type has it; what is written otherwise, `check` reports. */
const isPath = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*\.ya?ml$/;

/** Reads the files of manifests that a config names, and puts their objects in the places of their names. */
export async function readManifests(written: LoadedConfig): Promise<Outcome<LoadedConfig>> {
  const entries = manifestsOf(written.value);
  const named = entries.flatMap((entry, index) =>
    typeof entry === 'string' && isPath.test(entry) ? [{ name: entry, index }] : [],
  );
  if (named.length === 0) return [written, []];

  const diagnostics: Diagnostic[] = [];
  const files = new Map<number, ManifestFile>();
  const manifests = [...entries];
  for (const { name, index } of named) {
    const file = resolve(dirname(written.file), name);
    const path = ['delivery', 'manifests', index];
    const [source, reason = ''] = await readText(file);
    if (source === undefined) {
      diagnostics.push(...place(written, [report('load/manifest-unreadable', path, { file: name, reason })]));
      continue;
    }
    const [parsed, problems] = parseManifest(file, source);
    diagnostics.push(...problems);
    if (parsed === undefined) continue;
    const { objects, documents } = parsed;
    files.set(index, { file, source, documents });
    manifests[index] = Object.freeze({ name, objects });
  }
  if (diagnostics.length > 0) return [undefined, diagnostics];
  return [{ ...written, value: withManifests(written.value, manifests), manifests: { written, files } }, []];
}

async function readText(file: string): Promise<[string] | [undefined, string]> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) return [undefined, 'it is not a file'];
    if (stats.size > maxSize) return [undefined, `it is larger than ${maxSize} bytes`];
    return [new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))];
  } catch (error) {
    return [undefined, reasonOf(error)];
  }
}

interface Parsed {
  /** Frozen. */
  readonly objects: readonly unknown[];
  readonly documents: readonly number[];
}

/** The objects of a file, if both versions of YAML read the same: Kubernetes speaks 1.1, and editors 1.2. */
function parseManifest(file: string, source: string): Outcome<Parsed> {
  const refuse = (problem: string, location = lineLocation(file, source, 1, false)): Outcome<Parsed> => [
    undefined,
    [{ ...report('load/manifest-not-yaml', [], { problem }), location }],
  ];
  const versions = (['1.1', '1.2'] as const).map((version) => yamlDocuments(source, version) ?? []);
  const [wrong] = versions.flat().flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (wrong !== undefined) {
    const [problem = ''] = wrong.message.replace(/ at line \d+, column \d+:?/, '').split('\n');
    return refuse(problem.replace(/:$/, ''), rangeLocation(file, source, ...wrong.pos, true));
  }
  const values = versions.map(yamlValues);
  const [old, current] = values;
  if (old === undefined || current === undefined)
    return refuse('its aliases stand for far more than is written');
  const differs = old.findIndex((value, index) => !isDeepStrictEqual(value, current[index]));
  if (differs !== -1) {
    const path = difference(old[differs], current[differs]);
    const problem = 'YAML 1.1, which Kubernetes reads, and YAML 1.2 read this value differently';
    return refuse(problem, locateInYaml({ file, source }, differs, path, 'value'));
  }
  const documents = [...old.keys()].filter((index) => old[index] !== null);
  const [objects, problems] = plainData(documents.map((index) => old[index]));
  const [first] = problems;
  if (!Array.isArray(objects)) return refuse(first?.message ?? 'it is not data');
  return objects.length === 0 ? refuse('it has no object') : [{ objects, documents }, []];
}

/** The path of the first part in which two values differ. */
function difference(one: unknown, other: unknown): ConfigPath {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [];
  for (const [key, value] of Object.entries(one)) {
    const beside: unknown = Reflect.get(other, key);
    if (!isDeepStrictEqual(value, beside)) return [key, ...difference(value, beside)];
  }
  return [];
}

function manifestsOf(value: unknown): readonly unknown[] {
  const { delivery } = value as { delivery?: unknown };
  if (typeof delivery !== 'object' || delivery === null) return [];
  const { manifests } = delivery as { manifests?: unknown };
  return Array.isArray(manifests) ? manifests : [];
}

function withManifests(value: unknown, manifests: readonly unknown[]): unknown {
  const config = value as { delivery: object };
  const delivery = Object.freeze({ ...config.delivery, manifests: Object.freeze(manifests) });
  return Object.freeze({ ...config, delivery });
}
