import { define } from '../../diagnostics/definition.ts';

const headers = (settings: string) => ({ config: { gateway: `{ headers: { ${settings} } }` } });

/** What `resolve` reports about the headers of answers. */
export const resolveGatewayHeadersDiagnostics = {
  'resolve/header-ignored': define<{ name: string; value: string; expected: string }>({
    severity: 'error',
    fact: ({ name, value }) => `browsers ignore '${value}' in ${name}`,
    hint: ({ expected }) => `write ${expected}`,
    meaning:
      'A browser drops what it does not know in such a header without a word, so the answers would be as unprotected as without it.',
    example: headers("'Content-Security-Policy': 'default-src self'"),
  }),
  'resolve/header-set-elsewhere': define<{ name: string; instead: string }>({
    severity: 'error',
    fact: ({ name }) => `'${name}' cannot be set for all answers`,
    hint: ({ instead }) => instead,
    meaning:
      'Some headers describe one answer or one connection, or follow from another key. A second value would contradict the first.',
    example: headers("'Access-Control-Allow-Origin': '*'"),
  }),
  'resolve/header-twice': define<{ name: string; other: string }>({
    severity: 'error',
    fact: ({ name, other }) => `'${name}' and '${other}' are the same header`,
    hint: () => 'remove one of the two',
    meaning: 'Capitals make no difference in the name of a header, and a client would get both values.',
    example: headers("'X-Frame-Options': 'DENY', 'x-frame-options': 'SAMEORIGIN'"),
  }),
};
