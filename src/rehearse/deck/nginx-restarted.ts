import { whileOpen } from '../knocking.ts';
import type { Misfortune } from './misfortune.ts';

export const nginxRestarted: Misfortune = {
  name: 'nginx-restarted',
  title: 'nginx is restarted, as an update of a library that it uses does',
  losesNoCall: true,
  backWithin: 60,
  strike: async (stage) => {
    const { platform } = stage;
    for (const machine of stage.machines) {
      if (!platform.nodes.some(({ name, nginx }) => nginx && name === machine.name)) continue;
      const command = ['restart', 'nginx'];
      const { status, stderr } = await whileOpen(stage, machine, () => machine.runSoon('systemctl', command));
      if (status !== 0) throw new Error(`systemctl restart nginx on ${machine.name}: ${stderr.trim()}`);
    }
    return undefined;
  },
};
