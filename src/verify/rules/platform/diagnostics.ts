import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';
import { type Unfit, unfitText } from '../../unfit.ts';

const script = (name: string) => `cloud-init/${name}.yaml#/usr/local/sbin/fjord-apply`;

const nginx = 'nginx/openfaas.conf';

const ownManifests = {
  delivery:
    "{ mode: 'embedded', manifests: [{ name: 'shop.yaml', objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'default', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'redis', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'redis' } }, template: { metadata: { labels: { app: 'redis' } }, spec: { containers: [{ name: 'redis', image: 'docker.io/library/redis:7.4', resources: { requests: { memory: '64Mi', cpu: '50m' }, limits: { memory: '128Mi', 'ephemeral-storage': '64Mi' } }, securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } } }] } } } }] }] }",
};

/** What `verify` reports about the files of a platform together. */
export const verifyPlatformDiagnostics = {
  'verify/owned-twice': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `${object} comes both from a node and from the Git repository`,
    hint: compileAgain,
    meaning: 'Both would change the object back to their own version, again and again.',
    example: {
      config: {
        delivery:
          "{ mode: 'gitops', git: { tool: 'flux', repository: 'https://git.example.no/platform.git' } }",
      },
      dist: {
        path: script('oslo-1'),
        from: 'put 0644 /etc/fjord/firewall.nft',
        to: "put 0600 /var/lib/rancher/k3s/server/manifests/fjord-functions.yaml <<'END'\napiVersion: v1\nkind: Service\nmetadata:\n  name: gateway\n  namespace: openfaas\nspec:\n  ports:\n    - port: 8080\nEND\nput 0644 /etc/fjord/firewall.nft",
      },
    },
  }),
  'verify/script-not-fetched': define<{ node: string; what: string; meant: string; found: string }>({
    severity: 'error',
    fact: ({ node, what, meant, found }) => `${node}: ${what} should be ${meant}, and is ${found}`,
    hint: compileAgain,
    meaning:
      'A new machine starts only the script whose SHA-256 its user-data names. With another script, or from another place, it would not come up.',
    example: {
      config: { delivery: "{ mode: 'embedded', scripts: 'https://files.example.no/platform' }" },
      dist: { path: 'cloud-init/oslo-1.yaml', from: 'example.no/platform', to: 'example.org/platform' },
    },
  }),
  'verify/not-as-meant': define<{ what: string; meant: string; found: string }>({
    severity: 'error',
    fact: ({ what, meant, found }) => `${what}: the lock file says ${meant}, and the files say ${found}`,
    hint: compileAgain,
    meaning:
      'Another config could say this, so the file alone is not wrong. But this config did not: the lock file records its logins, networks, guards, mirrors and kernel settings.',
    example: {
      dist: { path: 'platform.lock.json', from: '"hardening": "none"', to: '"hardening": "cis"' },
    },
  }),
  'verify/object-not-ours': define<{ object: string } & Unfit>({
    severity: 'error',
    fact: ({ object, ...unfit }) => `Fjord makes no such object as ${object}: ${unfitText(unfit)}`,
    hint: compileAgain,
    meaning:
      'A kind, a namespace or a field that Fjord never emits can give rights in the cluster, open a way in, or have a controller act. So there are none but those that it emits.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'kind: Service\nmetadata:\n',
        to: 'kind: Service\nmetadata:\n  finalizers:\n    - example.com/never\n',
      },
    },
  }),
  'verify/object-unused': define<{ object: string }>({
    severity: 'error',
    fact: ({ object }) => `nothing in the platform uses ${object}`,
    hint: compileAgain,
    meaning:
      'A role, an account or a configuration that is ready for use serves only somebody who adds the rest later.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'kind: ServiceAccount\nmetadata:\n',
        to: 'kind: ServiceAccount\nmetadata:\n  name: spare\n  namespace: openfaas\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n',
      },
    },
  }),
  'verify/lock-differs': define<{ what: string; listed: string; found: string }>({
    severity: 'error',
    fact: ({ what, listed, found }) => `platform.lock.json lists ${listed} as ${what}, but it is ${found}`,
    hint: compileAgain,
    meaning: 'People and tools read the lock file to know what runs, so it must agree with the files.',
    example: {
      dist: { path: 'platform.lock.json', from: '"openfaas/gateway"', to: '"openfaas/prometheus"' },
    },
  }),
  'verify/secret-made-by-other': define<{ secret: string; listed: string; found: string }>({
    severity: 'error',
    fact: ({ secret, listed, found }) =>
      `platform.lock.json says that the ${listed} creates the Secret ${secret}, but the ${found} does`,
    hint: compileAgain,
    meaning:
      'Two creators of one Secret overwrite each other, and the last one decides which password is valid.',
    example: { dist: { path: 'platform.lock.json', from: '"madeBy": "node"', to: '"madeBy": "operator"' } },
  }),
  'verify/registry-not-allowed': define<{
    node: string;
    what: string;
    host: string;
    allowed: readonly string[];
  }>({
    severity: 'error',
    fact: ({ node, what, host, allowed }) =>
      `${node} pulls ${what} from ${host}, but platform.lock.json allows only ${allowed.join(', ')}`,
    hint: compileAgain,
    meaning:
      'The config says where images may come from, but these manifests or the mirrors of this node use another place.',
    example: {
      config: { k3s: "{ allowedRegistries: ['ghcr.io', 'docker.io'] }" },
      dist: { path: 'stack.yaml', from: 'ghcr.io/acme/pay:1', to: 'registry.example.com/pay:1' },
    },
  }),
  'verify/secret-in-dist': define<{ what: string }>({
    severity: 'error',
    fact: ({ what }) => `${what} is in the output, which is committed and sent to providers`,
    hint: () =>
      'remove it from the config and name a Secret in `secrets` instead; then replace the secret, because it was written down',
    meaning:
      "Anyone who can read the repository, the provider's console or the machine's metadata would have it.",
    example: {
      config: {
        functions:
          "{ figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0', annotations: { database: 'postgres://shop:hunter2@db.example.no/shop' } } }",
      },
    },
  }),
  'verify/unknown-file': define<{ path: string }>({
    severity: 'error',
    fact: ({ path }) => `${path} is not a file that Fjord writes`,
    hint: compileAgain,
    meaning: 'A file that nobody declared would be applied with the others, unnoticed.',
    example: { dist: { path: 'manifests/99-debug.yaml', add: '' } },
  }),
  'verify/file-missing': define<{ path: string }>({
    severity: 'error',
    fact: ({ path }) => `${path} is missing`,
    hint: compileAgain,
    meaning: 'Part of the platform is missing.',
    example: { dist: { path: 'stack.yaml', remove: true } },
  }),
  'verify/not-as-locked': define<{ path: string; size: number; locked: number }>({
    severity: 'error',
    fact: ({ path, size, locked }) =>
      `${path} (${size} bytes) is not the file that platform.lock.json lists (${locked} bytes)`,
    hint: compileAgain,
    meaning: 'The file was changed after it was compiled: by hand, by a merge, or on its way.',
    example: { dist: { path: nginx, from: 'rate=10r/s', to: 'rate=99r/s' } },
  }),
  'verify/images-not-locked': define<{ image: string; where: string }>({
    severity: 'error',
    fact: ({ image, where }) =>
      `the image '${image}' is only in ${where}; it must be in both the manifests and the lock file`,
    hint: compileAgain,
    meaning: 'The lock file lists what runs. Nobody has agreed to an image that is not in it.',
    example: { dist: { path: 'manifests/60-functions.yaml', from: 'acme/pay:1', to: 'acme/pay:2' } },
  }),
  'verify/kustomization-incomplete': define<{ file: string; where: string }>({
    severity: 'error',
    fact: ({ file, where }) =>
      `${file} is only in ${where}; it must be in both manifests/ and its kustomization.yaml`,
    hint: compileAgain,
    meaning:
      'A manifest that is not in the list is never applied. A listed file that is missing makes the whole apply fail.',
    example: { dist: { path: 'manifests/kustomization.yaml', from: '  - "30-alertmanager.yaml"\n', to: '' } },
  }),
  'verify/embedded-differs': define<{ place: string; original: string }>({
    severity: 'error',
    fact: ({ place, original }) => `the copy of ${place} in the user-data differs from ${original}`,
    hint: compileAgain,
    meaning:
      'User-data carries copies of files. When a copy differs from the file beside it, one of the two is wrong.',
    example: { dist: { path: nginx, from: 'rate=10r/s', to: 'rate=99r/s' } },
  }),
  'verify/secret-not-made': define<{ secret: string; user: string }>({
    severity: 'error',
    fact: ({ secret, user }) => `${user} needs the Secret ${secret}, but nothing says who creates it`,
    hint: compileAgain,
    meaning: 'The pod would wait for the Secret forever.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'secretName: basic-auth', to: 'secretName: other' },
    },
  }),
  'verify/manifest-refused': define<{ fact: string; next: string }>({
    severity: 'error',
    fact: ({ fact }) => fact,
    hint: ({ next }) => `${next}; change the manifest that it is from, and run fjord synth`,
    meaning:
      "The user's own objects are applied with the rights of the platform. One that synth would have refused was put into dist/ by hand or by a merge.",
    example: {
      config: ownManifests,
      dist: {
        path: 'manifests/80-own.yaml',
        from: '          securityContext:\n            allowPrivilegeEscalation: false\n',
        to: '          securityContext:\n            privileged: true\n',
      },
    },
  }),
  'verify/manifest-unlisted': define<{ object: string; where: string }>({
    severity: 'error',
    fact: ({ object, where }) => `${object} is only in ${where}`,
    hint: compileAgain,
    meaning:
      "The lock file lists the user's own objects with the files that they are from. One that it does not list is from nobody's manifest.",
    example: {
      config: ownManifests,
      dist: { path: 'platform.lock.json', from: '"Deployment shop/redis"', to: '"Deployment shop/valkey"' },
    },
  }),
};
