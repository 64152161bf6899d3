import type { Document } from 'yaml';
import { loadYaml } from '../../artifacts/load-yaml.ts';

/**
 * The line, from 1, of what a JSON pointer leads to in a parsed YAML or JSON document: of its key, where it has one,
 * and of the nearest value around it where it is not there.
 */
export function lineInDocument(
  text: string,
  document: Document.Parsed | undefined,
  pointer: string,
): number | undefined {
  const { isMap, isNode, isScalar, isSeq } = loadYaml();
  let node: unknown = document?.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isMap(node)) {
      const pair = node.items.find(({ key: own }) => isScalar(own) && String(own.value) === key);
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset === undefined ? undefined : text.slice(0, offset).split('\n').length;
}
