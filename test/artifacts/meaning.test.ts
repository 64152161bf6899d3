import { describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import type { ArtifactKind } from '../../src/artifacts/artifact.ts';
import { marker } from '../../src/artifacts/marker.ts';
import { meaningOf } from '../../src/artifacts/meaning.ts';
import { compileConfig } from '../../src/compile.ts';
import { readApplyScript } from '../../src/verify/read/apply-script.ts';
import { kindOfNodePath } from '../../src/verify/read/kind-of-path.ts';

type Pair = readonly [what: string, kind: ArtifactKind, one: string, other: string];

const same: readonly Pair[] = [
  ['a comment and the order of keys', 'k3s-config', '# x\nb: 1\na: 2\n', 'a: 2 # why\nb: 1\n'],
  ['the order of flags', 'k3s-config', 'tls-san: [a, b]\n', 'tls-san: [b, a]\n'],
  ['the order of objects', 'manifest', 'kind: A\n---\nkind: B\n', '# x\nkind: B\n---\nkind: A\n'],
  ['a comment, a line end and a quote', 'nginx', 'a 1; # x\nb "2";', '# y\nb 2;\na 1;\n'],
  ['a comment and blanks', 'sysctl', '# x\na = 1\nb=2\n', 'b = 2\na = 1\n'],
  [
    'the order of a set',
    'nftables',
    '#!/usr/sbin/nft -f\n# x\nx { 1, 2 } y\n',
    '#!/usr/sbin/nft -f\n  x { 2, 1 } y\n',
  ],
  ['a comment', 'unit', '# x\n[Service]\nA=1\n', '# y\n\n[Service]\nA=1\n'],
  ["apt's comment", 'text', '// x\nA "1";\n', '// y\nA "1";\n'],
  ['a comment', 'script', '#!/bin/bash\n# x\n  # y\nls\n', '#!/bin/bash\nls\n'],
];

const different: readonly Pair[] = [
  ['a value', 'k3s-config', 'a: 1\n', 'a: 2\n'],
  ['two flags of one name, of which the last counts', 'k3s-config', 'x: [a=1, a=2]\n', 'x: [a=2, a=1]\n'],
  ['the order of rules', 'audit-policy', 'rules: [{ a: 1 }, { b: 1 }]\n', 'rules: [{ b: 1 }, { a: 1 }]\n'],
  ['a text that looks like a comment', 'manifest', 'a: |\n  # 1\n', 'a: |\n  # 2\n'],
  ['who may come first', 'nginx', 'allow a;\ndeny all;', 'deny all;\nallow a;'],
  ['whose the directive is', 'nginx', 'a { x 1; }\nb {}', 'a {}\nb { x 1; }'],
  ['what reads it', 'nftables', '#!/usr/sbin/nft -f\nx\n', '#!/usr/bin/nft -f\nx\n'],
  ['the order of lines', 'nftables', 'a\nb\n', 'b\na\n'],
  [
    'a line of a here-document',
    'script',
    "#!/bin/sh\ncat <<'END'\n# x\nEND\n",
    "#!/bin/sh\ncat <<'END'\n# y\nEND\n",
  ],
  ['what cannot be read', 'nginx', 'a {', 'a { '],
];

describe('the meaning of a file', () => {
  it.each(same)('is the same for %s (%s)', (_, kind, one, other) => {
    expect(meaningOf(kind, other)).toBe(meaningOf(kind, one));
  });

  it.each(different)('is different for %s (%s)', (_, kind, one, other) => {
    expect(meaningOf(kind, other)).not.toBe(meaningOf(kind, one));
  });

  it("of a node's file does not depend on the name of the config file, but on every other line", () => {
    const { artifacts } = compileConfig(reference, 'platform.config.ts');
    const script = artifacts.find(({ kind }) => kind === 'script')?.text ?? '';
    for (const [path, { text, meaning }] of readApplyScript(script).files) {
      const kind = kindOfNodePath(path) ?? 'text';
      const other = text.replaceAll(marker('platform.config.ts'), marker('nordpay.json'));
      expect(meaning, path).toBe(meaningOf(kind, text));
      expect(meaningOf(kind, other), path).toBe(meaning);
      expect(meaningOf(kind, `${text}x: y;\n`), path).not.toBe(meaning);
    }
  });
});
