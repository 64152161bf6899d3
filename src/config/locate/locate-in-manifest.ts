import { loadYaml } from '../../artifacts/load-yaml.ts';
import type { ConfigPath, SourceLocation } from '../../diagnostics/diagnostic.ts';
import type { LoadedConfig, ManifestFile } from './loaded-config.ts';
import { rangeLocation } from './source-lines.ts';

/** How many parts of a path lead to an object of a manifest: `delivery.manifests[0].objects[2]`. */
const depth = 5;

/**
 * Where in a file of manifests a value of one of its objects is written, or the nearest value around it. Undefined for a
 * path that is in no such file.
 */
export function locateInManifest(
  { manifests }: LoadedConfig,
  path: ConfigPath,
  at: 'key' | 'value',
): SourceLocation | undefined {
  const [section, key, index, objects, position] = path;
  if (section !== 'delivery' || key !== 'manifests' || objects !== 'objects') return undefined;
  const found = typeof index === 'number' ? manifests?.files.get(index) : undefined;
  if (found === undefined || typeof position !== 'number') return undefined;
  return locateInYaml(found, found.documents[position] ?? -1, path.slice(depth), at);
}

/** The same for a path inside of a document of a file. */
export function locateInYaml(
  { file, source }: Pick<ManifestFile, 'file' | 'source'>,
  position: number,
  path: ConfigPath,
  at: 'key' | 'value',
): SourceLocation {
  const parsed = loadYaml().parseAllDocuments(source, { version: '1.1' });
  const document = Array.isArray(parsed) ? parsed[position] : undefined;
  const [start, end, exact] = rangeAt(document?.contents, path, at);
  return rangeLocation(file, source, start, end, exact);
}

function rangeAt(
  root: unknown,
  path: ConfigPath,
  at: 'key' | 'value',
): [start: number, end: number, exact: boolean] {
  const { isMap, isNode, isScalar, isSeq } = loadYaml();
  let node = root;
  let range = isNode(root) ? rangeOf(root) : ([0, 1] as const);
  for (const [index, part] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return [...range, false];
      node = pair.value;
      // The key says more than a value of many lines.
      const isShort = isScalar(node) && !(isLast && at === 'key');
      range = isShort && isNode(node) ? rangeOf(node) : isNode(pair.key) ? rangeOf(pair.key) : range;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (!isNode(node)) return [...range, false];
      range = rangeOf(node);
    } else return [...range, false];
  }
  return [...range, true];
}

function rangeOf({
  range,
}: {
  range?: readonly [number, number, number] | null | undefined;
}): readonly [number, number] {
  return range ? [range[0], range[1]] : [0, 1];
}
