import type { SchemaNode } from '../config/check/schema-node.ts';

/**
 * Other values for a place, the likeliest to be valid first. Only compiling shows whether one is valid.
 *
 * @param value its present value, or undefined
 * @param preset its default, if that is a value and not words
 */
export function otherValues(branches: readonly SchemaNode[], value: unknown, preset: unknown): unknown[] {
  const found = branches.flatMap((branch) => ofBranch(branch, value ?? preset));
  const used = new Set([JSON.stringify(value), JSON.stringify(preset)]);
  return found.filter((candidate) => {
    const text = JSON.stringify(candidate);
    return !used.has(text) && used.add(text);
  });
}

function ofBranch(branch: SchemaNode, now: unknown): unknown[] {
  const examples = [branch.default, ...(branch.examples ?? [])].filter((each) => each !== undefined);
  if (branch.enum) return [...branch.enum];
  if (branch.const !== undefined) return [branch.const];
  switch (branch.type) {
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'number': {
      const numbers = [now, ...examples, branch.minimum ?? 1].filter((each) => typeof each === 'number');
      return numbers.flatMap((number) => [number + 1, number - 1, number * 2]);
    }
    case 'string': {
      const texts = [now, ...examples].filter((each) => typeof each === 'string');
      return [...texts.slice(0, 1).flatMap(changed), ...examples, ...texts.slice(1).flatMap(changed)];
    }
    case 'array':
      return [...(Array.isArray(now) ? [now.slice(0, -1)] : []), ...examples];
    default:
      return examples;
  }
}

/** Texts of a similar form: with another last number, another last character, or one character more. */
function changed(text: string): string[] {
  const lastNumber = /\d+(?=\D*$)/;
  const numbers = lastNumber.test(text)
    ? [1, -1].map((step) => text.replace(lastNumber, (digits) => String(Math.max(0, Number(digits) + step))))
    : [];
  // In a CIDR range, the number that moves the range.
  const second = text.replace(
    /^(\d+\.)(\d+)/,
    (_, before: string, digits: string) => before + (Number(digits) + 1),
  );
  return [...numbers, second, `${text}x`, text.replace(/.$/, (last) => (last === '1' ? '2' : '1'))];
}
