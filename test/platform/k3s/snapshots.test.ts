import { describe, expect, it } from 'vitest';
import type { SnapshotsConfig } from '../../../src/config/k3s/snapshots.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { backups, platformWith } from '../edit.ts';

function reported(snapshots: SnapshotsConfig, changes: Partial<PlatformConfig> = {}): string[] {
  const [, diagnostics] = resolve(platformWith({ k3s: { datastore: 'etcd', snapshots }, ...changes }));
  return diagnostics.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}

describe('a schedule of snapshots', () => {
  it.each(['0 3 * * 0', '0 3 * * sun', '@daily', '@every 6h', '@every 1h30m'])('%s', (schedule) =>
    expect(reported({ schedule })).toEqual([]),
  );

  it.each([
    ['0 3 * * 7', 'the day of the week "7" is not from 0 to 6 or sun to sat'],
    ['CRON_TZ=Europe/Oslo 0 3 * * *', 'it names a time zone, but this schedule is always in UTC'],
    ['@every day', 'after @every there is no time such as 6h or 1h30m'],
    ['@every 30s', 'every 30 s is more often than once a minute'],
    ['0 0 30 2 *', 'no month that it names has a day 30'],
  ])('not %s', (schedule, problem) =>
    expect(reported({ schedule })).toEqual([
      `resolve/snapshots-never k3s.snapshots.schedule: K3s cannot follow the schedule '${schedule}': ${problem}`,
    ]),
  );
});

describe('the token of a single server, which alone opens the snapshots in a bucket,', () => {
  const snapshots = { s3Secret: 'etcd-s3' };

  it('is in the backups', () => expect(reported(snapshots, { backups })).toEqual([]));
  it('is nowhere else without them', () =>
    expect(reported(snapshots, { backups: undefined })).toEqual([
      'resolve/snapshots-token-on-node k3s.snapshots.s3Secret: only node-1 has the server token, without which its snapshots cannot be restored',
    ]));
});
