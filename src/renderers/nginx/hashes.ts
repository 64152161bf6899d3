import { directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { directivesIn } from '../../nginx/find.ts';
import type { Platform } from '../../platform/platform.ts';
import { domainsOf } from '../node-files/tls.ts';

/** nginx's default bucket size of a hash, in bytes. */
const usual = 64;

/**
 * Larger hash buckets for long names, without which nginx does not start, only where the default is too small. And a larger
 * table for variables: whether names of ours crowd one of 1024 slots depends on all of them, and on nginx's version.
 *
 * @param maps the maps with all variables that have a function's name
 */
export function hashSizes(platform: Platform, maps: readonly Statement[]): Statement[] {
  const blocks = directivesIn(maps, 'map');
  const entries = blocks.flatMap(({ block = [] }) => block.filter(isDirective));
  const keys = entries.map(({ directive }) => directive);
  const captures = keys.flatMap((key) => [...key.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name));
  const variables = [
    ...[...blocks, ...directivesIn(maps, 'geo')].map(({ args }) => args.at(-1)?.slice(1) ?? ''),
    ...captures,
  ];
  return [
    ...sizeFor('server_names_hash_bucket_size', domainsOf(platform)),
    ...sizeFor(
      'map_hash_bucket_size',
      keys.filter((key) => !key.startsWith('~')),
    ),
    ...sizeFor('variables_hash_bucket_size', variables),
    directive('variables_hash_max_size', '2048'),
  ];
}

/** An entry is a pointer and a length of two bytes before the name, padded, and a bucket ends with a pointer. */
function sizeFor(name: string, entries: readonly string[]): Statement[] {
  const longest = Math.max(0, ...entries.map((entry) => entry.length));
  const needed = 8 + Math.ceil((longest + 2) / 8) * 8 + 8;
  let size = usual;
  while (size < needed) size *= 2;
  return size === usual ? [] : [directive(name, String(size))];
}
