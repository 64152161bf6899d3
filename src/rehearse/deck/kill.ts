import type { Machine } from '../machine.ts';
import type { Misfortune } from './misfortune.ts';

/** A process by the unit whose main process it is, or by its name. */
type Killed = { readonly unit: string } | { readonly program: string };

const kill = (name: string, title: string, killed: Killed, backWithin: number): Misfortune => ({
  name: `kill-${name}`,
  title,
  losesNoCall: false,
  backWithin,
  leftOut: ({ machines }) =>
    machines.some((machine) => processes(machine, killed).length > 0) ? undefined : `no process ${name} runs`,
  strike: async ({ machines, wait }) => {
    for (const machine of machines) {
      const found = processes(machine, killed);
      if (found.length === 0) continue;
      machine.run('kill', '-9', ...found);
      await wait(3);
    }
    return undefined;
  },
});

function processes(machine: Machine, killed: Killed): string[] {
  const { stdout } =
    'unit' in killed
      ? machine.run('systemctl', 'show', '--property', 'MainPID', '--value', killed.unit)
      : machine.run('pgrep', '-f', `^([^ ]*/)?${killed.program}( |$)`);
  return stdout.split('\n').filter((line) => line !== '' && line !== '0');
}

/** Each kind of process that a node must get back by itself. */
export const kills: readonly Misfortune[] = [
  kill('nginx', "nginx's master process is killed", { unit: 'nginx' }, 60),
  kill('k3s', 'K3s is killed', { unit: 'k3s' }, 180),
  kill('k3s-agent', 'K3s of agents is killed', { unit: 'k3s-agent' }, 180),
  kill('kubelet', 'the kubelet is killed', { program: 'kubelet' }, 180),
  kill('apiserver', 'the API server is killed', { program: 'kube-apiserver' }, 180),
  kill('containerd', 'containerd is killed', { program: 'containerd' }, 180),
  kill('journald', 'the journal is killed', { unit: 'systemd-journald' }, 60),
  kill('sshd', 'sshd is killed', { unit: 'ssh' }, 60),
];

/** All processes of pods, one pod after another. */
export const killContainers: Misfortune = {
  name: 'kill-containers',
  title: 'each container of the platform is killed, one after another',
  losesNoCall: false,
  backWithin: 240,
  leftOut: ({ machines }) =>
    machines.some((machine) => containers(machine).length > 0) ? undefined : 'there are no containers',
  strike: async ({ machines, wait }) => {
    let killed = 0;
    for (const machine of machines) {
      for (const pid of containers(machine)) {
        if (machine.run('kill', '-9', pid).status === 0) killed += 1;
        await wait(4);
      }
    }
    return `${killed} containers`;
  },
};

/** The first process of each container, without the one that only holds the pod's network. */
function containers(machine: Machine): string[] {
  const script =
    'for shim in $(pgrep -f containerd-shim-runc); do for pid in $(pgrep -P "$shim"); do ' +
    '[ "$(cat "/proc/$pid/comm")" = pause ] || echo "$pid"; done; done';
  return machine
    .run('bash', '-c', script)
    .stdout.split('\n')
    .filter((line) => line !== '');
}
