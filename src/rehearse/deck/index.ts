import { applyCut } from './apply-cut.ts';
import { certificatesEnding } from './certificates.ts';
import { clock } from './clock.ts';
import { diskFull, logFlood } from './disk.ts';
import { firewallRestarted, rulesFlushed } from './firewall.ts';
import { internetGone } from './internet.ts';
import { killContainers, kills } from './kill.ts';
import type { Misfortune } from './misfortune.ts';
import { nginxRestarted } from './nginx-restarted.ts';
import { nodeLost } from './node-lost.ts';
import { powerCut } from './power-cut.ts';
import { reboot } from './reboot.ts';
import { upgraded } from './upgrade.ts';

/** The misfortunes, in the order in which they happen. */
export const deck: readonly Misfortune[] = [
  firewallRestarted,
  upgraded,
  nginxRestarted,
  certificatesEnding,
  logFlood,
  ...kills,
  killContainers,
  reboot,
  powerCut,
  internetGone,
  rulesFlushed,
  applyCut,
  nodeLost,
  diskFull,
  clock,
];
