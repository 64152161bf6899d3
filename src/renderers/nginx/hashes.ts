import { directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { directivesIn } from '../../nginx/find.ts';
import type { Platform } from '../../platform/platform.ts';
import { domainsOf } from '../node-files/tls.ts';

/** nginx's default bucket size of a hash, in bytes. */
const usual = 64;

/**
 * Larger hash buckets for long names, without which nginx does not start. Only if a name is too long for the default.
 *
 * @param maps the maps with all variables that have a function's name
 */
export function hashSizes(platform: Platform, maps: readonly Statement[]): Statement[] {
  const blocks = directivesIn(maps, 'map');
  const entries = blocks.flatMap(({ block = [] }) => block.filter(isDirective));
  const keys = entries.map(({ directive }) => directive);
  const captures = keys.flatMap((key) => [...key.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name));
  return [
    ...sizeFor('server_names_hash_bucket_size', domainsOf(platform)),
    ...sizeFor(
      'map_hash_bucket_size',
      keys.filter((key) => !key.startsWith('~')),
    ),
    ...sizeFor('variables_hash_bucket_size', [
      ...blocks.map(({ args }) => args.at(-1)?.slice(1) ?? ''),
      ...captures,
    ]),
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
