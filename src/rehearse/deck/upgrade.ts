import { whileOpen } from '../knocking.ts';
import type { Misfortune } from './misfortune.ts';

export const upgraded: Misfortune = {
  name: 'upgrade',
  title: 'the packages nginx and nftables are upgraded',
  losesNoCall: true,
  backWithin: 60,
  leftOut: ({ platform }) =>
    platform.gateway.packages === 'distribution'
      ? undefined
      : "gateway.packages are another project's, and only Debian's are here",
  strike: async (stage) => {
    for (const machine of stage.machines) {
      const install = [
        'apt-get',
        '-y',
        '-q',
        '-o',
        'Dpkg::Options::=--force-confold',
        'install',
        '--reinstall',
      ];
      const command = `apt-get -q update && DEBIAN_FRONTEND=noninteractive ${install.join(' ')} nginx nftables`;
      const { status, stdout, stderr } = await whileOpen(stage, machine, () =>
        machine.runSoon('bash', ['-c', command], { seconds: 180 }),
      );
      if (status !== 0)
        throw new Error(`apt-get on ${machine.name}: ${`${stdout}${stderr}`.trim().slice(-300)}`);
    }
    return undefined;
  },
};
