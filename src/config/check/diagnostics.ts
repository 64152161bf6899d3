import { define } from '../../diagnostics/definition.ts';
import { quote, quoteKey } from '../../diagnostics/quote.ts';
import { alternatives } from '../../diagnostics/wording.ts';

/** A config whose one function has these settings too. */
const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

/** What a text has to look like, from the schema. */
export interface Form {
  readonly value: string;
  /** With its article: `a length of time`. */
  readonly form: string;
  readonly examples: readonly string[];
  /** The same text in the right form, where that can be guessed. */
  readonly suggestion: string | undefined;
}

/** What `check` reports. */
export const checkDiagnostics = {
  'check/names-collide': define<{ name: string; other: string; label: string }>({
    severity: 'error',
    fact: ({ name, other, label }) => `'${name}' and '${other}' are the same name in Kubernetes: '${label}'`,
    hint: () => 'rename one of them',
    meaning:
      'Kubernetes and DNS use only lower-case letters, so two names that differ in nothing else are the same.',
    example: {
      config: { functions: "{ pay: { image: 'ghcr.io/acme/pay:1' }, Pay: { image: 'ghcr.io/acme/pay:2' } }" },
    },
  }),
  'check/unknown-key': define<{
    readonly key: string;
    readonly suggestion: string | undefined;
    /** The key that was meant, when that is written as well. */
    readonly taken: string | undefined;
    /** All keys that there could be, when they are few enough to be named. */
    readonly known: readonly string[];
    /** Where else the key exists: `gateway.rateLimit`. */
    readonly elsewhere: readonly string[];
  }>({
    severity: 'error',
    fact: ({ key }) => `there is no key ${quote(key)} here`,
    hint: ({ key, suggestion, taken, known, elsewhere }) => {
      if (suggestion !== undefined) return `did you mean ${quoteKey(suggestion)}?`;
      if (taken !== undefined) return `remove it: ${quoteKey(taken)} is already set`;
      if (elsewhere.length > 0) return `move it: ${quoteKey(key)} is a key of ${alternatives(elsewhere)}`;
      return known.length > 0
        ? `remove it; the keys here are ${known.map(quoteKey).join(', ')}`
        : 'remove it';
    },
    meaning: 'Nothing reads this key, so the setting would silently have no effect.',
    example: pay("timeuot: '30s'"),
  }),
  'check/missing-key': define<{ readonly key: string; readonly example: string }>({
    severity: 'error',
    fact: ({ key }) => `the key ${quoteKey(key)} is missing`,
    hint: ({ key, example }) => `add it, for example ${quoteKey(key)}: ${example}`,
    meaning: 'There is no sensible default for this key, so the config must set it.',
    example: { config: { domain: '' } },
  }),
  'check/wrong-type': define<{
    readonly value: unknown;
    readonly expected: readonly string[];
    /** As code. */
    readonly examples: readonly string[];
    /** The value in the right type, as code, where it is only written the wrong way. */
    readonly suggestion: string | undefined;
  }>({
    severity: 'error',
    fact: ({ value, expected }) => `expected ${alternatives(expected)}, got ${withKind(value)}`,
    hint: ({ value, examples, suggestion }) => {
      if (suggestion !== undefined) return `write ${suggestion}`;
      return `write a value such as ${alternatives(examples)}${orLeaveOut(value)}`;
    },
    meaning: 'The key is right, but its value has the wrong type. Fjord does not guess a conversion.',
    example: { config: { gateway: "{ connectionLimit: '100' }" } },
  }),
  'check/not-one-of': define<{
    readonly value: unknown;
    readonly allowed: readonly unknown[];
    readonly suggestion: string | undefined;
  }>({
    severity: 'error',
    fact: ({ value, allowed }) =>
      allowed.length <= 4
        ? `${quote(value)} is not ${alternatives(allowed.map((each) => quote(each)))}`
        : `${quote(value)} is not one of the ${allowed.length} possible values`,
    hint: ({ value, allowed, suggestion }) => {
      const others = allowed.filter((each) => each !== suggestion).map((each) => quote(each));
      if (suggestion === undefined) return `write ${alternatives(others)}${orLeaveOut(value)}`;
      const rest = others.length > 0 ? ` It could also be ${alternatives(others)}` : '';
      return `did you mean ${quote(suggestion)}?${rest}`;
    },
    meaning: 'The key accepts only a fixed set of values.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvd' } }" } },
  }),
  'check/wrong-unit': define<Form>({
    severity: 'error',
    fact: ({ value, form }) => `${quote(value)} is not ${form}`,
    hint: showForm,
    meaning:
      'A bare number does not say what it counts. The unit is part of the value, so nobody has to remember it.',
    example: pay("timeout: '30'"),
  }),
  'check/wrong-form': define<Form & { readonly description: string }>({
    severity: 'error',
    fact: ({ value, form }) => `${quote(value)} is not ${form}`,
    hint: showDescribedForm,
    meaning:
      'The program that reads this text, such as Kubernetes or nginx, would not understand it in this form.',
    example: { config: { domain: "'https://functions.example.no/'" } },
  }),
  'check/wrong-name': define<Form & { readonly description: string }>({
    severity: 'error',
    fact: ({ value, form }) => `${quote(value)} cannot be a key here: it is not ${form}`,
    hint: showDescribedForm,
    meaning:
      'The key is used as a name elsewhere (a host name, a Deployment, a variable), where such names have rules.',
    example: { config: { functions: "{ pay_invoice: { image: 'ghcr.io/acme/pay:1' } }" } },
  }),
  'check/out-of-range': define<{
    readonly value: number;
    readonly minimum: number | undefined;
    readonly maximum: number | undefined;
  }>({
    severity: 'error',
    fact: ({ value, ...range }) => `${value} is out of range: ${showRange(range)}`,
    hint: (range) => `write a number ${showRange(range)}`,
    meaning: 'A value outside this range is impossible or harmful.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', sshPort: 70000 } }" } },
  }),
  'check/not-a-multiple': define<{ readonly value: number; readonly of: number }>({
    severity: 'error',
    fact: ({ value, of }) => `${value} is not a multiple of ${of}`,
    hint: ({ value, of }) => `write ${Math.max(1, Math.round(value / of)) * of}`,
    meaning: 'The program that reads this number accepts only whole steps.',
    example: {
      situation: 'a key whose numbers go in steps; none of the keys of this version does',
      says: { value: 13, of: 8 },
    },
  }),
  'check/alert-address-in-config': define({
    severity: 'error',
    fact: () => 'this is a whole address, which would be in this file, in dist/ and so in Git',
    hint: () =>
      'write only its host, and the address into /etc/fjord/alerts on the node, as docs/alerts.md says',
    meaning:
      'Such an address is a password: anyone who knows it can send messages, or keep the dead man’s switch quiet. Nodes read it from a file of their own.',
    example: {
      config: { alerts: "{ to: { team: { kind: 'slack', host: 'https://chat.example.no/hooks/x' } } }" },
    },
  }),
  'check/private-key-in-config': define({
    severity: 'error',
    fact: () => 'this is a private key, which would be in this file, in dist/ and so in Git',
    hint: () =>
      'write its public half, which `age-keygen -y KEYFILE` prints; make a new key if this file has left your machine',
    meaning:
      'Backups are encrypted to a public key, so that no machine which makes them can read them. With the private key, everybody who reads the repository could.',
    example: { config: { backups: "{ recipients: ['AGE-SECRET-KEY-1' + 'Q'.repeat(58)] }" } },
  }),
};

function withKind(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `the list ${quote(value)}`;
  switch (typeof value) {
    case 'string':
      return `the string ${quote(value)}`;
    case 'number':
      return `the number ${quote(value)}`;
    case 'object':
      return value === null ? 'null' : `the object ${quote(value)}`;
    default:
      return quote(value);
  }
}

function orLeaveOut(value: unknown): string {
  return value === null ? ', or remove the key' : '';
}

function showForm({ examples, suggestion }: Form): string {
  if (suggestion !== undefined) return `did you mean ${quote(suggestion)}?`;
  const shown = examples.map((example) => quote(example, 120));
  return shown.length === 0 ? 'rewrite it in that form' : `write a value such as ${alternatives(shown)}`;
}

function showDescribedForm(params: Form & { readonly description: string }): string {
  const isSaid = params.suggestion !== undefined || params.description === '';
  return isSaid ? showForm(params) : `${showForm(params)}\n${params.description}`;
}

function showRange({
  minimum,
  maximum,
}: {
  minimum: number | undefined;
  maximum: number | undefined;
}): string {
  if (maximum === undefined) return `from ${minimum}`;
  return minimum === undefined ? `up to ${maximum}` : `from ${minimum} to ${maximum}`;
}
