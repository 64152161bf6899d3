import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { snapshotScheduleProblem } from '../../units/cron.ts';
import { topologyOf } from '../nodes/topology.ts';
import type { K3s } from './k3s.ts';

const path = ['k3s', 'snapshots'];

/** Reports snapshots that would never be made, and those that nobody could restore. */
export function diagnoseSnapshots({ datastore, snapshots }: K3s, config: PlatformConfig): Diagnostic[] {
  if (snapshots === undefined) return [];
  if (datastore !== 'etcd') return [report('resolve/snapshots-without-etcd', path, undefined)];
  return [...diagnoseSchedule(snapshots.schedule), ...diagnoseToken(snapshots.s3Secret, config)];
}

/** K3s itself drops a schedule that it cannot read, without a word in its log. */
function diagnoseSchedule(schedule: string | undefined): Diagnostic[] {
  if (schedule === undefined) return [];
  const problem = snapshotScheduleProblem(schedule);
  return problem === undefined
    ? []
    : [report('resolve/snapshots-never', [...path, 'schedule'], { schedule, problem })];
}

/** Several servers join with a token that a person keeps; a single one makes its own. */
function diagnoseToken(s3Secret: string | undefined, config: PlatformConfig): Diagnostic[] {
  const [server, ...others] = topologyOf(config).servers;
  if (s3Secret === undefined || server === undefined || others.length > 0 || config.backups !== undefined) {
    return [];
  }
  return [report('resolve/snapshots-token-on-node', [...path, 's3Secret'], { node: server })];
}
