import type { DnsChallenge } from '../gateway/tls.ts';
import type { Platform } from '../platform.ts';
import type { Node } from './node.ts';
import { credentialsOf, otherPlaces } from './places.ts';

/**
 * A file that only the node has, because it must not be in `dist/`: a key, a password, or what its owner changes without a
 * compile. `fjord user-data` delivers it to a new machine.
 */
export interface OwnFile {
  readonly path: string;
  readonly permissions: '0600' | '0640' | '0644' | '0700';
  /** User and group, which a new machine already has. */
  readonly owner: 'root:root' | 'root:www-data';
  /** What the node does with it, as the end of a sentence. */
  readonly use: string;
  /** The form of a file of one line, which can be typed; undefined for others. */
  readonly line: string | undefined;
}

/** The files that a node needs besides those of `dist/` and tokens, by path. */
export function ownFilesOf(platform: Platform, node: Node): readonly OwnFile[] {
  const found = [
    ...registryFiles(platform),
    ...alertFiles(platform),
    ...(node.first ? backupKeys(platform) : []),
    ...(node.nginx ? [...certificateFiles(platform), ...passwordFiles(platform)] : []),
  ];
  const byPath = new Map(found.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const secret = { permissions: '0600', owner: 'root:root', line: undefined } as const;
const open = { permissions: '0644', owner: 'root:root', line: undefined } as const;

function registryFiles({ k3s }: Platform): OwnFile[] {
  return (k3s.registries?.access ?? []).flatMap(({ registry, credentials, ca }): OwnFile[] => [
    ...(credentials
      ? [
          {
            ...secret,
            path: credentialsOf(registry),
            use: `it logs in at ${registry}`,
            line: 'USER:PASSWORD',
          },
        ]
      : []),
    ...(ca ? [{ ...open, path: ca, use: `it knows ${registry} by it` }] : []),
  ]);
}

function backupKeys({ backups }: Platform): OwnFile[] {
  return [
    ...(backups?.ssh ? [{ ...secret, path: otherPlaces.backupSshKey, use: 'copies are sent with it' }] : []),
    ...(backups?.s3
      ? [
          {
            ...secret,
            path: otherPlaces.backupS3,
            use: 'copies are sent with it',
            line: 'user = "ACCESS-KEY:SECRET-KEY"',
          },
        ]
      : []),
  ];
}

function alertFiles({ alerts }: Platform): OwnFile[] {
  if (alerts === undefined) return [];
  const use = 'alerts are sent with it';
  return [
    ...alerts.targets.map(({ name, kind, host }) =>
      kind === 'mail'
        ? { ...secret, path: `${otherPlaces.alerts}${name}.login`, use, line: 'USER:PASSWORD' }
        : { ...secret, path: `${otherPlaces.alerts}${name}.url`, use, line: `https://${host}/…` },
    ),
    ...(alerts.deadMansSwitch
      ? [
          {
            ...secret,
            path: `${otherPlaces.alerts}dead-mans-switch`,
            use,
            line: `https://${alerts.deadMansSwitch}/…`,
          },
        ]
      : []),
  ];
}

function certificateFiles({ gateway }: Platform): OwnFile[] {
  const { certificate, clientCa } = gateway.tls;
  return [
    ...(certificate.kind === 'files'
      ? [
          { ...open, path: certificate.certificate, use: 'nginx shows it' },
          { ...secret, path: certificate.key, use: 'nginx shows its certificate' },
        ]
      : []),
    ...(certificate.kind === 'acme' && certificate.dns ? [proofOf(certificate.dns)] : []),
    ...(clientCa ? [{ ...open, path: clientCa, use: 'nginx knows clients by it' }] : []),
  ];
}

function proofOf(dns: DnsChallenge): OwnFile {
  const use = 'certbot proves the domains with it';
  return 'script' in dns
    ? { ...secret, permissions: '0700', path: dns.script, use }
    : { ...secret, path: dns.credentials, use };
}

/** nginx's workers read them at each call. With nginx.org's packages, their user is not there before apply.sh runs. */
function passwordFiles({ functions, gateway }: Platform): OwnFile[] {
  const owner = gateway.packages === 'distribution' ? 'root:www-data' : 'root:root';
  return functions.flatMap(({ name, http: { auth } }): OwnFile[] =>
    auth?.kind === 'password'
      ? [
          {
            path: auth.file,
            permissions: '0640',
            owner,
            use: `nginx lets callers of '${name}' in`,
            line: undefined,
          },
        ]
      : [],
  );
}
