import { describe, expect, it } from 'vitest';
import { diagnoseRewrites } from '../../../src/platform/k3s/rewrites.ts';

const endpoints = ['https://mirror.example.no'];

function reported(pattern: string, replacement: string, registry = 'docker.io'): string[] {
  const registries = { mirrors: { [registry]: { endpoints, rewrite: { [pattern]: replacement } } } };
  return diagnoseRewrites({ registries }).map(({ code, message, hint }) => `${code}: ${message}; ${hint}`);
}

describe('a rewrite of paths', () => {
  it.each([
    ['^library/(.*)', 'mirror/library/$1'],
    ['(?P<all>.+)', 'proxy/$all'],
    ['^([^/]+)/(.*)$', '$1/cache/$2'],
    ['^([^/]+)/(.*)$', `\${1}_cache/$2`],
  ])('%s → %s', (pattern, replacement) => expect(reported(pattern, replacement)).toEqual([]));

  it.each([
    [
      String.raw`^quay\.io/(.*)`,
      'quay/$1',
      String.raw`resolve/rewrite-breaks-file: the backslash in '^quay\\.io/(.*)' makes containerd's file of this registry unreadable; write '^quay[.]io/(.*)'`,
    ],
    [
      '^library/(.*)',
      String.raw`mirror/\1`,
      String.raw`resolve/rewrite-breaks-file: the backslash in 'mirror/\\1' makes containerd's file of this registry unreadable; write 'mirror/$1'`,
    ],
    [
      'a"b',
      'x',
      `resolve/rewrite-breaks-file: the quotation mark in 'a"b' makes containerd's file of this registry unreadable; write it without, such as '[.]' for a dot and '[0-9]' for a digit`,
    ],
    ['^(?!library/)(.*)', '$1', 'Go has no group that begins with "(?!"'],
    ['^library/**', 'x', '"*" repeats what is repeated already'],
    ['^library/(.*', '$1', 'a "(" is not closed'],
    ['^docker[.]io/(.*)', '$1', "does not contain its registry; write '^(.*)'"],
    ['^library/(.*)', '$1_x', `Go reads $1_x as a group called "1_x"; write '\${1}_x'`],
    ['^library/(.*)', 'm/$2', 'the pattern has no group "2"'],
    ['^library/(.*)', 'Mirror/$1', '"M" is in no path of an image'],
  ])('not %s → %s', (pattern, replacement, expected) => {
    const found = reported(pattern, replacement);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});
