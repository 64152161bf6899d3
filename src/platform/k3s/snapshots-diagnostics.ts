import { define } from '../../diagnostics/definition.ts';

const snapshots = (settings: string) => ({
  config: { k3s: `{ datastore: 'etcd', snapshots: { ${settings} } }` },
});

/** What `resolve` reports about K3s' snapshots. */
export const resolveSnapshotsDiagnostics = {
  'resolve/snapshots-never': define<{ schedule: string; problem: string }>({
    severity: 'error',
    fact: ({ schedule, problem }) => `K3s cannot follow the schedule '${schedule}': ${problem}`,
    hint: () => "write minute, hour, day, month and weekday in UTC, such as '0 3 * * sun', or '@every 6h'",
    meaning:
      'K3s drops a schedule that it cannot read, logs nothing and makes no snapshot. It counts weekdays from 0 (Sunday) to 6, so 7 is not a day.',
    example: snapshots("schedule: '0 3 * * 7'"),
  }),
  'resolve/snapshots-token-on-node': define<{ node: string }>({
    severity: 'warning',
    fact: ({ node }) => `only ${node} has the server token, without which its snapshots cannot be restored`,
    hint: ({ node }) =>
      `add backups, which contain it, or keep what \`ssh ${node} sudo cat /var/lib/rancher/k3s/server/token\` prints`,
    meaning:
      'A single server makes its own token, and K3s encrypts the keys of the cluster in each snapshot with it. If the machine is lost, the snapshots in the bucket cannot be opened.',
    example: snapshots("s3Secret: 'etcd-s3'"),
  }),
};
