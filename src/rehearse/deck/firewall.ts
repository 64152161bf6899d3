import type { Misfortune } from './misfortune.ts';

export const firewallRestarted: Misfortune = {
  name: 'firewall-restarted',
  title: "Debian's nftables.service is restarted, as an update of its package does",
  losesNoCall: true,
  backWithin: 60,
  strike: async ({ machines, wait }) => {
    // An update asks only where it runs or could: `deb-systemd-invoke` leaves a masked unit.
    for (const machine of machines) machine.run('deb-systemd-invoke', 'restart', 'nftables.service');
    await wait(5);
    return undefined;
  },
};

export const rulesFlushed: Misfortune = {
  name: 'rules-flushed',
  title: 'somebody types `nft flush ruleset`, and then what docs/nodes.md says',
  losesNoCall: false,
  backWithin: 90,
  strike: async ({ machines, wait }) => {
    for (const machine of machines) machine.must('nft', 'flush', 'ruleset');
    await wait(5);
    for (const machine of machines) machine.must('systemctl', 'reload-or-restart', 'fjord-firewall');
    return undefined;
  },
};
