import type { BackupsConfig } from '../../config/backups/backups.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { topologyOf } from '../nodes/topology.ts';
import type { Backups } from './backups.ts';
import { isSpeltRight } from './recipients.ts';

/** Resolves backups, and reports recipients that nobody has and copies that are lost with the machine. */
export function resolveBackups(config: PlatformConfig): readonly [Backups | undefined, Diagnostic[]] {
  const { backups } = config;
  if (backups === undefined) return [undefined, diagnoseNone(config)];
  const { ssh, s3 } = backups.to ?? {};
  return [
    {
      recipients: [...backups.recipients].sort(),
      time: backups.time ?? '03:15',
      keep: backups.keep ?? 7,
      ssh: ssh && {
        host: ssh.host,
        port: ssh.port ?? 22,
        user: ssh.user,
        path: ssh.path,
        hostKey: ssh.hostKey,
      },
      s3: s3 && { endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket, prefix: s3.prefix },
    },
    [...diagnoseRecipients(backups), ...diagnoseTargets(backups)],
  ];
}

function diagnoseNone(config: PlatformConfig): Diagnostic[] {
  const { servers } = topologyOf(config);
  if (servers.length > 1 || config.k3s?.datastore === 'etcd') return [];
  return [report('resolve/no-backups', ['backups'], undefined, { at: 'key' })];
}

function diagnoseRecipients({ recipients }: BackupsConfig): Diagnostic[] {
  return [...recipients.entries()]
    .filter(([, recipient]) => !isSpeltRight(recipient))
    .map(([index, recipient]) =>
      report('resolve/recipient-misspelt', ['backups', 'recipients', index], { recipient }),
    );
}

function diagnoseTargets({ to }: BackupsConfig): Diagnostic[] {
  return to?.ssh === undefined && to?.s3 === undefined
    ? [report('resolve/backups-on-one-disk', ['backups', 'to'], undefined, { at: 'key' })]
    : [];
}
