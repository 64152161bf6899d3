import fc from 'fast-check';
import { expect, it } from 'vitest';
import { literalValue } from '../../src/constructs/literal-value.ts';

/** How the kubelet expands a value, byte for byte, in an environment where every name is set. */
function kubeletExpand(text: string): string {
  const input = Buffer.from(text);
  const output: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < input.length; at++) {
    if (input[at] !== dollar || at + 1 >= input.length) continue;
    output.push(input.subarray(from, at));
    const next = input[at + 1] ?? 0;
    const close = next === opening ? input.indexOf(closing, at + 2) : -1;
    if (next === dollar) output.push(Buffer.from('$'));
    else if (close >= 0) output.push(Buffer.from('<replaced>'));
    // A byte of several becomes a character of its own.
    else output.push(Buffer.from(`$${String.fromCharCode(next)}`));
    at = close >= 0 ? close : at + 1;
    from = at + 1;
  }
  return Buffer.concat([...output, input.subarray(from)]).toString();
}

const dollar = 0x24;
const opening = 0x28;
const closing = 0x29;

it.each(['$(HOME)', '$$', '$$(HOME)', '$', 'a$', '$æ', '$(', '$()', '$$$(A)$B', `\${A} $A`, '$漢$(x)', ''])(
  '%s arrives as it is',
  (text) => expect(kubeletExpand(literalValue(text))).toBe(text),
);

it('any text arrives unchanged', () => {
  const pieces = fc.constantFrom('$', '(', ')', 'A', 'æ', '漢', ' ', '{', '}');
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(fc.property(text, (value) => kubeletExpand(literalValue(value)) === value));
});

it('does not change a text that Kubernetes would not change', () => {
  const text = `\${HOME} $HOME 5$`;
  expect(literalValue(text)).toBe(text);
});
