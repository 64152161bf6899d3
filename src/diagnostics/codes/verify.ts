import { define } from '../definition.ts';

/**
 * Problems of what was emitted, found in its own bytes. Right after a compile they are faults of Fjord; in a `dist/`
 * that was edited or merged by hand they are what the edit broke.
 */
export const compileAgain = () =>
  'run fjord synth again; if this error comes right after it, please report a bug in Fjord';

export const verifyCodes = {
  'verify/schema': define<{ pointer: string; message: string }>({
    severity: 'error',
    fact: ({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`),
    hint: compileAgain,
  }),
  'verify/unknown-file': define<{ path: string }>({
    severity: 'error',
    fact: ({ path }) => `${path} is not a file that Fjord writes`,
    hint: compileAgain,
  }),
  'verify/file-missing': define<{ path: string }>({
    severity: 'error',
    fact: ({ path }) => `${path} is missing`,
    hint: compileAgain,
  }),
  'verify/not-as-locked': define<{ path: string; size: number; locked: number }>({
    severity: 'error',
    fact: ({ path, size, locked }) =>
      `${path} (${size} bytes) is not the file that platform.lock.json lists (${locked} bytes)`,
    hint: compileAgain,
  }),
  'verify/images-not-locked': define<{ image: string; where: string }>({
    severity: 'error',
    fact: ({ image, where }) =>
      `the image '${image}' is only in ${where}; it must be in both the manifests and the lock file`,
    hint: compileAgain,
  }),
  'verify/kustomization-incomplete': define<{ file: string; where: string }>({
    severity: 'error',
    fact: ({ file, where }) =>
      `${file} is only in ${where}; it must be in both manifests/ and its kustomization.yaml`,
    hint: compileAgain,
  }),
  'verify/embedded-differs': define<{ place: string; original: string }>({
    severity: 'error',
    fact: ({ place, original }) => `the copy of ${place} in the user-data differs from ${original}`,
    hint: compileAgain,
  }),
  'verify/upstream-is-no-service': define<{ upstream: string; server: string; services: readonly string[] }>({
    severity: 'error',
    fact: ({ upstream, server, services }) =>
      `nginx's upstream ${upstream} sends to ${server}, but Services with a fixed address are at ${services.join(', ') || 'no address'}`,
    hint: compileAgain,
  }),
  'verify/proxy-to-nowhere': define<{ target: string }>({
    severity: 'error',
    fact: ({ target }) => `nginx passes requests to ${target}, which is not a declared upstream`,
    hint: compileAgain,
  }),
  'verify/exposed': define<{ object: string; how: string }>({
    severity: 'error',
    fact: ({ object, how }) => `${object} can be reached from outside without passing nginx: ${how}`,
    hint: compileAgain,
  }),
  'verify/port-taken': define<{ port: number; by: string }>({
    severity: 'error',
    fact: ({ port, by }) => `${by} takes port ${port} away from nginx`,
    hint: compileAgain,
  }),
  'verify/secret-not-made': define<{ secret: string; user: string }>({
    severity: 'error',
    fact: ({ secret, user }) => `${user} needs the Secret ${secret}, but nothing says who creates it`,
    hint: compileAgain,
  }),
  'verify/durations-out-of-order': define<{ shorter: string; longer: string }>({
    severity: 'error',
    fact: ({ shorter, longer }) => `${shorter} is not shorter than ${longer}`,
    hint: compileAgain,
  }),
  'verify/function-not-deployed': define<{ name: string; where: string }>({
    severity: 'error',
    fact: ({ name, where }) => `the function ${name} is in ${where}, but is not deployed with a Service`,
    hint: compileAgain,
  }),
  'verify/function-not-listed': define<{ name: string; where: string }>({
    severity: 'error',
    fact: ({ name, where }) => `the function ${name} is deployed, but is not in ${where}`,
    hint: compileAgain,
  }),
  'verify/node-not-locked': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node ${name} has user-data, but is not in platform.lock.json`,
    hint: compileAgain,
  }),
  'verify/user-data-too-large': define<UserDataSize>({
    severity: 'error',
    fact: (p) =>
      `the user-data has ${p.size} bytes, but ${p.provider} accepts at most ${p.limit} (${dearest(p.parts)})`,
    hint: (p) => `${smaller(p)}, or choose a provider with a higher limit`,
  }),
  'verify/user-data-may-not-fit': define<UserDataSize>({
    severity: 'warning',
    fact: (p) =>
      `the user-data has ${p.size} bytes, but some providers accept only ${p.limit}, and ${p.provider} publishes no limit (${dearest(p.parts)})`,
    hint: (p) => `try it on a throw-away machine before you rely on it, or ${smaller(p)}`,
  }),
  'verify/user-data-near-limit': define<UserDataSize>({
    severity: 'warning',
    fact: (p) =>
      `the user-data has ${p.size} of the ${p.limit} bytes that ${p.provider} accepts (${dearest(p.parts)})`,
    hint: (p) => `do nothing yet; when you add functions, ${smaller(p)}`,
  }),
};

export interface UserDataSize {
  readonly size: number;
  readonly limit: number;
  readonly provider: string;
  /** What each file takes of it, the dearest first. */
  readonly parts: string;
  /** Bytes of the manifests in it, where they are embedded. */
  readonly manifests: number | undefined;
  /** Whether the provider takes it gzipped, and counts the bytes then. */
  readonly takesGzip: boolean;
}

/** The first five of a list whose items end in their bytes. */
function dearest(parts: string): string {
  const all = parts.split(/(?<=\d), /);
  const more = all.length > 6 ? [`and ${all.length - 5} more`] : [];
  return [...all.slice(0, more.length > 0 ? 5 : 6), ...more].join(', ');
}

/** How user-data gets smaller, as the beginning of a sentence. */
function smaller({ manifests, takesGzip, provider }: UserDataSize): string {
  const ways = [
    ...(takesGzip
      ? [`give ${provider} the output of fjord user-data NODE | gzip -9, which is a quarter smaller`]
      : []),
    ...(manifests === undefined
      ? []
      : [`use delivery 'gitops', which leaves ${manifests} bytes of manifests out`]),
  ];
  return ways.length > 0 ? ways.join(', or ') : 'declare fewer functions';
}
