import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/config/check/check.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { functionWith } from '../platform/edit.ts';

const written = (origin: string): PlatformConfig => functionWith({ http: { cors: { origins: [origin] } } });

/** What is reported of one site: the text and what to do. */
function reported(origin: string): string[] {
  const config = written(origin);
  const checked = check(config);
  const found = hasErrors(checked) ? checked : resolve(config)[1];
  return found.map(({ code, hint }) => `${code}: ${hint}`);
}

const host = fc
  .array(fc.constantFrom('shop', 'a', 'xn--bcher-kva', '1', 'B', 'bücher', '127', 'no', 'a-b', '-', ''), {
    minLength: 1,
    maxLength: 4,
  })
  .map((labels) => labels.join('.'));

const origin = fc
  .tuple(
    fc.constantFrom('https://', 'https://', 'http://', 'HTTPS://', '', 'ftp://'),
    host,
    fc.constantFrom('', '', '', ':443', ':80', ':8443', ':0443', ':70000', ':'),
    fc.constantFrom('', '', '', '', '/', '/path', '?a', '#'),
  )
  .map((parts) => parts.join(''));

describe('a site, as browsers name it (the URL standard, by its implementation in Node)', () => {
  it.each([
    ['https://shop.example.no:443', "resolve/origin-never-sent: write 'https://shop.example.no'"],
    ['http://shop.example.no:80', "resolve/origin-never-sent: write 'http://shop.example.no'"],
    ['https://shop.example.no:70000', 'resolve/origin-impossible'],
    ['https://Shop.example.no', "check/wrong-form: did you mean 'https://shop.example.no'"],
    ['https://shop.example.no/', "check/wrong-form: did you mean 'https://shop.example.no'"],
    ['https://shop.example.no/cart', "check/wrong-form: did you mean 'https://shop.example.no'"],
    ['https://bücher.example.no', "check/wrong-form: did you mean 'https://xn--bcher-kva.example.no'"],
    ['shop.example.no', "check/wrong-form: did you mean 'https://shop.example.no'"],
  ])('%s', (text, expected) => expect(reported(text).join()).toContain(expected));

  it('is what compiles, and nothing else', () => {
    const texts = [...new Set(fc.sample(origin, 1500))];
    const compiled = texts.filter((text) => reported(text).length === 0);
    expect(compiled.filter((text) => new URL(text).origin !== text)).toEqual([]);
    expect(compiled.length).toBeGreaterThan(50);
    // Names that no DNS has, and another scheme, are refused too.
    const refused = texts.filter(
      (text) => !compiled.includes(text) && !/^ftp:|\/[.-]|\.[.-]|\.(?=:|$)/.test(text),
    );
    expect(refused.filter((text) => URL.canParse(text) && new URL(text).origin === text)).toEqual([]);
  });
});
