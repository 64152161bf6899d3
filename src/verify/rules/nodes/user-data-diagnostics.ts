import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

export interface UserDataSize {
  readonly size: number;
  readonly limit: number;
  readonly provider: string;
  /** What each file takes of it, to about a tenth, the dearest first. */
  readonly parts: string;
  /** Bytes of the manifests in it, to about a tenth, where they are embedded. */
  readonly manifests: number | undefined;
  /** Whether the provider takes it gzipped, and counts the bytes then. */
  readonly takesGzip: boolean;
  /** Its bytes after gzip, where the provider takes that and the text is too large. */
  readonly gzipped: number | undefined;
}

/** Sizes change with every version; these are of the right order. */
const userData = {
  limit: 16_384,
  parts: '/var/lib/rancher/k3s/server/manifests/fjord.yaml 5000, /etc/nginx/conf.d/openfaas.conf 2400',
  manifests: 5000,
  takesGzip: false,
  gzipped: undefined,
};

/** What `verify` reports about user-data. */
export const verifyNodesUserDataDiagnostics = {
  'verify/node-not-locked': define<{ name: string }>({
    severity: 'error',
    fact: ({ name }) => `node ${name} has user-data, but is not in platform.lock.json`,
    hint: compileAgain,
    meaning: 'Nobody can tell which provider and OS the user-data was made for.',
    example: { dist: { path: 'platform.lock.json', from: '"name": "oslo-1"', to: '"name": "oslo-2"' } },
  }),
  'verify/user-data-too-large': define<UserDataSize>({
    severity: 'error',
    fact: (p) =>
      `the user-data has ${p.size} bytes, but ${p.provider} accepts at most ${p.limit} (roughly ${dearest(p.parts)})`,
    hint: (p) => `${smaller(p)}, or choose a provider with a higher limit`,
    meaning: 'The provider would refuse to create the machine.',
    example: {
      situation: 'fifteen functions with long variables, on a node with provider: aws',
      says: { ...userData, size: 17_408, provider: 'aws' },
    },
  }),
  'verify/user-data-may-not-fit': define<UserDataSize>({
    severity: 'warning',
    fact: (p) =>
      `the user-data has ${p.size} bytes, but some providers accept only ${p.limit}, and ${p.provider} publishes no limit (roughly ${dearest(p.parts)})`,
    hint: (p) => `try it on a throw-away machine before you rely on it, or ${smaller(p)}`,
    meaning: 'Only a try shows whether the provider accepts it.',
    example: {
      situation: 'fifteen functions with long variables, on a node with provider: coolvds',
      says: { ...userData, size: 17_408, provider: 'coolvds' },
    },
  }),
  'verify/user-data-needs-gzip': define<UserDataSize>({
    severity: 'warning',
    fact: (p) =>
      `the user-data has ${p.size} bytes, but ${p.provider} accepts at most ${p.limit}; gzipped it has ${p.gzipped} and fits`,
    hint: (p) => `give ${p.provider} the file that fjord user-data NODE | gzip -9 writes; do not paste it`,
    meaning:
      'The console refuses the text, but the provider takes the compressed file, for example by its command line or by Terraform.',
    example: {
      situation: 'a few functions, on a node with provider: aws',
      says: { ...userData, size: 17_408, gzipped: 13_200, provider: 'aws' },
    },
  }),
  'verify/user-data-near-limit': define<UserDataSize>({
    severity: 'warning',
    fact: (p) =>
      `the user-data has ${p.size} of the ${p.limit} bytes that ${p.provider} accepts (roughly ${dearest(p.parts)})`,
    hint: (p) => `do nothing yet; when you add functions, ${smaller(p)}`,
    meaning: 'It fits today, but what is added later may not.',
    example: {
      situation: 'a few functions, on a node with provider: aws',
      says: { ...userData, size: 15_360, provider: 'aws' },
    },
  }),
};

/** The first five of a list whose items end in their bytes. */
function dearest(parts: string): string {
  const all = parts.split(/(?<=\d), /);
  const more = all.length > 6 ? [`and ${all.length - 5} more`] : [];
  return [...all.slice(0, more.length > 0 ? 5 : 6), ...more].join(', ');
}

/** How user-data gets smaller, as the beginning of a sentence. */
function smaller({ manifests, takesGzip, provider }: UserDataSize): string {
  const ways = [
    'set scripts in delivery to where machines can fetch their apply.sh, which leaves about 2 KB of user-data',
    ...(takesGzip
      ? [`give ${provider} the output of fjord user-data NODE | gzip -9, which is a quarter smaller`]
      : []),
    ...(manifests === undefined
      ? []
      : [`use delivery 'gitops', which leaves about ${manifests} bytes of manifests out`]),
  ];
  return ways.join(', or ');
}
