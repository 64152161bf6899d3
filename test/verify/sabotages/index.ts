import { bounds } from './bounds.ts';
import { clusterPrograms } from './cluster-programs.ts';
import { entrances } from './entrances.ts';
import { gateway } from './gateway.ts';
import { nodePrograms } from './node-programs.ts';
import { ownObjects } from './own-objects.ts';
import { pods } from './pods.ts';
import { proxies } from './proxies.ts';
import { rbac } from './rbac.ts';
import { reach } from './reach.ts';
import type { SabotagesOfKind } from './sabotage.ts';
import { scripts } from './scripts.ts';
import { strangers } from './strangers.ts';
import { wholeEdits } from './whole-edits.ts';

/** Every sabotage, by kind. */
export const sabotages: Readonly<Record<string, SabotagesOfKind>> = {
  'rights in the cluster': rbac,
  "K3s' programs": clusterPrograms,
  'what a pod runs': pods,
  'who reaches whom': reach,
  'objects of other kinds': strangers,
  "objects of the user's own": ownObjects,
  gateway,
  'programs of a node': nodePrograms,
  'bounds of logs, memory and copies': bounds,
  'the way through a proxy': proxies,
  'root scripts': scripts,
  'user-data, delivery, charts': entrances,
  'what another config says': wholeEdits,
};
