import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullImage, registryOf } from '../../src/platform/k3s/image-sources.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { askParsers, targetParsers } from './target-parsers.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/platform.schema.json', import.meta.url), 'utf8'),
);
const { pattern, maxLength } = schema.definitions.ImageReference;

const compiles = (text: string): boolean => text.length <= maxLength && new RegExp(pattern, 'u').test(text);

const host = fc.constantFrom(
  ...'ghcr.io docker.io index.docker.io localhost localhost:5000 registry registry:5000 10.0.0.1 a.b-c.no a-.no a_b.c'.split(
    ' ',
  ),
  ...'-a.no a..b r.no:123456 A.no registry-1.docker.io a.b:80:80 hub.docker.com a--b.no'.split(' '),
);
const part = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'acme',
      'pay',
      'a-b',
      'a_b',
      'a__b',
      'a.b',
      'a--b',
      '0',
      'library',
      'p'.repeat(117),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Pay', 'a___b', 'a..b', '-a', 'a-', '', 'a._b', 'a b', 'é', 'a:1'),
  },
);
const tag = fc.constantFrom(
  ':1',
  ':1',
  ':1.0.3',
  ':latest',
  ':_a',
  '',
  ':-1',
  ':',
  `:${'a'.repeat(129)}`,
  ':a/b',
);
const digest = fc.constantFrom(
  '',
  '',
  '',
  `@sha256:${'a0'.repeat(32)}`,
  '@sha256:abc',
  `@sha512:${'0'.repeat(128)}`,
);

const image = fc
  .tuple(fc.option(host, { nil: undefined }), fc.array(part, { minLength: 1, maxLength: 3 }), tag, digest)
  .map(
    ([registry, parts, ...ends]) =>
      [registry, ...parts].filter((each) => each !== undefined).join('/') + ends.join(''),
  );

describeWithTool(targetParsers, "containerd's parser of image names", (path) => {
  it('takes what compiles, and names the same registry', () => {
    const texts = [...new Set(fc.sample(image, 8000))];
    const answers = askParsers(
      path,
      texts.map((text) => ({ parser: 'image', text })),
    );
    const compiled = [...texts.entries()].filter(([, text]) => compiles(text));
    expect(compiled.length).toBeGreaterThan(500);
    const differing = compiled.filter(([index, text]) => {
      const { error, registry, repository } = answers[index] ?? {};
      return (
        error !== undefined ||
        registry !== registryOf(text) ||
        !fullImage(text).startsWith(`${registry}/${repository}`)
      );
    });
    expect(differing.map(([index, text]) => [text, answers[index]])).toEqual([]);
    // It also takes names without tag and digest, other digests, and registries with capitals or underscores.
    const refused = texts.filter(
      (text, index) =>
        !compiles(text) &&
        answers[index]?.error === undefined &&
        /(:[^/]+|@sha256:\w{64})$/.test(text) &&
        !/sha512|^[^/]*[A-Z_][^/]*\/|:\d{6}/.test(text),
    );
    expect(refused).toEqual([]);
  });
});
