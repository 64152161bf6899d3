import { define } from '../../diagnostics/definition.ts';
import { quote } from '../../diagnostics/quote.ts';

export interface Rewrite {
  readonly text: string;
  readonly problem: string;
  readonly suggestion: string | undefined;
}

const rewrite = (rule: string) => ({
  config: {
    k3s: `{ registries: { mirrors: { 'docker.io': { endpoints: ['https://mirror.example.no'], rewrite: { ${rule} } } } } }`,
  },
});

/** What `resolve` reports about the paths that images have in mirrors. */
export const resolveRewritesDiagnostics = {
  'resolve/rewrite-breaks-file': define<Rewrite>({
    severity: 'error',
    fact: ({ text, problem }) =>
      `the ${problem === '\\' ? 'backslash' : 'quotation mark'} in ${quote(text)} makes containerd's file of this registry unreadable`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? "write it without, such as '[.]' for a dot and '[0-9]' for a digit"
        : `write ${quote(suggestion, 200)}`,
    meaning:
      'K3s writes patterns and replacements between quotation marks into a TOML file, and does not escape them. containerd then reads none of the file, and pulls no image of this registry.',
    example: rewrite(String.raw`'^quay\\.io/(.*)': 'quay/$1'`),
  }),
  'resolve/rewrite-not-understood': define<Rewrite>({
    severity: 'error',
    fact: ({ text, problem }) => `${quote(text)} rewrites no path as it is meant to: ${problem}`,
    hint: ({ suggestion }) =>
      suggestion === undefined
        ? "write a pattern of the path and what replaces it, such as '^library/(.*)': 'mirror/library/$1'"
        : `write ${quote(suggestion, 200)}`,
    meaning:
      "Patterns are Go's regular expressions (RE2): without look-ahead, matched against the path behind the registry. In a replacement, a letter, digit or _ directly after $1 belongs to the name of the group, unless 1 is in braces.",
    example: rewrite("'^library/(.*)': 'mirror_$1_x'"),
  }),
};
