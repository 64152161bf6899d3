import type { NodeFile } from '../../artifacts/artifact.ts';
import type { BackupS3 } from '../../platform/backups/backups.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { otherPlaces, places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { shellWord } from '../shell-word.ts';
import { template } from '../template.ts';

const script = template('node-files/templates/fjord-backup.sh.hbs');
const restore = template('node-files/templates/fjord-restore.sh.hbs');
const service = template('node-files/templates/fjord-backup.service.hbs');
const timer = template('node-files/templates/fjord-backup.timer.hbs');

/** True for a node that is copied. It is the first server, because no cluster is restored from another node. */
export function isBackedUp({ backups }: Platform, { first }: Node): boolean {
  return backups !== undefined && first;
}

/** Packages that a node needs to copy itself. */
export const backupPackages: readonly string[] = ['age'];

/** The programs that make the copies every day, and make a new machine from one. */
export function backupFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  const { backups, k3s } = platform;
  if (backups === undefined || !isBackedUp(platform, node)) return [];
  const unit = { kind: 'unit', permissions: '0644' } as const;
  const own = {
    marker,
    platform: shellWord(platform.name),
    name: node.name,
    etcd: k3s.datastore === 'etcd',
  };
  return [
    {
      path: places.backupScript,
      kind: 'script',
      permissions: '0755',
      text: script({
        ...own,
        recipients: backups.recipients.map(shellWord).join(' '),
        keep: backups.keep,
        paths: pathsOf(platform, node).map(shellWord).join(' '),
        sends: backups.ssh !== undefined || backups.s3 !== undefined,
        proxy: node.proxy !== undefined,
        ssh: backups.ssh ?? false,
        s3: backups.s3 && { region: backups.s3.region, url: bucketUrl(backups.s3) },
      }),
    },
    {
      path: places.restoreScript,
      kind: 'script',
      permissions: '0755',
      text: restore({ ...own, k3sVersion: shellWord(k3s.version) }),
    },
    { ...unit, path: places.backupService, text: service({ marker }) },
    { ...unit, path: places.backupTimer, text: timer({ marker, time: backups.time }) },
  ];
}

/** The address of a bucket, to which the names of copies are added. */
function bucketUrl({ endpoint, bucket, prefix }: BackupS3): string {
  return [endpoint, bucket, ...(prefix === undefined ? [] : [prefix])].join('/');
}

const certificateDirectories = [
  '/etc/letsencrypt',
  otherPlaces.tls.replace(/\/$/, ''),
  '/etc/nginx/tls-copies',
  '/etc/nginx/tls-placeholder',
];

/** Files in a copy besides those of K3s: certificates, their account, and what the operator put there by hand. */
function pathsOf({ gateway, functions }: Platform, node: Node): string[] {
  if (!node.nginx) return [];
  const { certificate, clientCa } = gateway.tls;
  return [
    ...(endsAtBalancer(gateway) ? [] : certificateDirectories),
    ...new Set([
      ...(certificate.kind === 'files' ? [certificate.certificate, certificate.key] : []),
      ...(certificate.kind === 'acme' && certificate.dns
        ? ['script' in certificate.dns ? certificate.dns.script : certificate.dns.credentials]
        : []),
      ...(clientCa === undefined ? [] : [clientCa]),
      ...functions.flatMap(({ http: { auth } }) => (auth?.kind === 'password' ? [auth.file] : [])),
    ]),
  ];
}
