import { define } from '../../diagnostics/definition.ts';
import { quote } from '../../diagnostics/quote.ts';

export interface Count {
  readonly count: number;
  readonly limit: number;
  /** What is counted: `items` or `keys`. */
  readonly of: string;
}

/** Codes of `check` about how long a text is, and how many items a list has. */
export const checkCountsDiagnostics = {
  'check/too-long': define<{ readonly value: string; readonly length: number; readonly limit: number }>({
    severity: 'error',
    fact: ({ value, length, limit }) =>
      `${quote(value)} has ${length} characters, but the maximum is ${limit}`,
    hint: ({ limit }) => `shorten it to at most ${limit} characters`,
    meaning: 'Kubernetes, DNS or nginx would cut off or refuse a longer text.',
    example: { config: { functions: "{ pay: { image: 'ghcr.io/acme/' + 'pay'.repeat(200) } }" } },
  }),
  'check/too-short': define<{ readonly value: string; readonly length: number; readonly limit: number }>({
    severity: 'error',
    fact: ({ value, length, limit }) =>
      `${quote(value)} has ${length === 1 ? '1 character' : `${length} characters`}, but the minimum is ${limit}`,
    hint: ({ limit }) => `write at least ${limit === 1 ? '1 character' : `${limit} characters`}`,
    meaning: 'The program that reads this text does not accept a shorter one.',
    example: {
      config: { diagnostics: "{ 'resolve/image-latest': { severity: 'off', reason: '' } }" },
    },
  }),
  'check/too-many': define<Count>({
    severity: 'error',
    fact: ({ count, limit, of }) => `there are ${count} ${of} here, but the maximum is ${limit}`,
    hint: ({ limit }) => `keep at most ${limit}`,
    meaning: 'More than this was never tested, or the program that reads them refuses more.',
    example: {
      config: {
        nodes:
          "Object.fromEntries(Array.from({ length: 13 }, (_, n) => ['oslo-' + n, { provider: 'coolvds', country: 'NO' }]))",
      },
    },
  }),
  'check/too-many-names': define<{ readonly count: number; readonly limit: number }>({
    severity: 'error',
    fact: ({ count, limit }) =>
      `functions have ${count} domains and paths together; at most ${limit} can be compiled`,
    hint: () => 'remove some, or split the functions over several platforms',
    meaning:
      'Each domain is an nginx server with a certificate, and each path is two locations. No provider accepts user-data of that size.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', http: { domains: Array.from({ length: 301 }, (_, n) => 'd' + n + '.example.no') } } }",
      },
    },
  }),
  'check/too-few': define<Count & { readonly example: string }>({
    severity: 'error',
    fact: ({ count, limit, of }) => `there are ${count} ${of} here, but the minimum is ${limit}`,
    hint: ({ example }) => `write a value such as ${example}`,
    meaning: 'With fewer there would be nothing to run, or nothing to choose from.',
    example: { config: { nodes: '{}' } },
  }),
  'check/duplicate-item': define<{ readonly value: unknown; readonly first: number }>({
    severity: 'error',
    fact: ({ value, first }) => `${quote(value)} is already in the list, as item ${first + 1}`,
    hint: () => 'remove one of the two',
    meaning: 'The second entry adds nothing. Often one of the two was meant to be a different value.',
    example: {
      config: {
        functions: "{ pay: { image: 'ghcr.io/acme/pay:1', secrets: ['api-key', 'db-password', 'api-key'] } }",
      },
    },
  }),
};
