import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/fake-io.ts';
import { bootPlatform } from './boot-platform.ts';
import { bootSoon } from './boot-soon.ts';
import { afterRebootSteps, diskSteps, programs, rebootSteps, restartSteps, state } from './later-steps.ts';

const identity = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const [recipient = ''] = /age1\w+/.exec(identity) ?? [];
const node = bootPlatform((config) => ({
  ...config,
  // All callers have one address here.
  gateway: { ...config.gateway, rateLimit: { rate: '1000r/s', burst: 1000 } },
  backups: { recipients: [recipient] },
}));
const { domain } = node;

const boot = bootSoon(() => ({
  name: 'later',
  userData: node.userData,
  files: programs,
  steps: {
    ...restartSteps(domain),
    state,
    backup: '/usr/local/sbin/fjord-backup >&2 && base64 --wrap=0 "$(ls /var/lib/fjord/backups/*.age | tail -n 1)"',
    ...diskSteps(domain),
    ...rebootSteps(domain),
  },
  afterReboot: afterRebootSteps(domain),
  timeoutSeconds: 1200,
}));

const restored = bootSoon(async () => {
  const backup = Buffer.from((await boot()).steps.backup?.stdout ?? '', 'base64');
  const damaged = Buffer.from(backup);
  damaged.writeUInt8(damaged.readUInt8(backup.length - 9) ^ 1, backup.length - 9);
  const { stdout } = await run(['user-data', node.name, '--restore'], { artifacts: node.artifacts });
  const put = (name: string) => `install -m 0600 /run/boot-test/files/${name}`;
  return {
    name: 'restored',
    userData: stdout,
    files: { ...programs, backup, damaged, key: identity },
    steps: {
      waiting: 'systemctl is-active nginx k3s; ls /var/lib/rancher/k3s/server/db',
      damaged: `${put('key')} /root/key.txt && ${put('damaged')} /var/lib/fjord/restore/backup.age && fjord-restore /root/key.txt`,
      restore: `${put('key')} /root/key.txt; ${put('backup')} /var/lib/fjord/restore/backup.age
        began=$(cut -d . -f 1 /proc/uptime)
        fjord-restore /root/key.txt || exit
        echo "seconds $(($(cut -d . -f 1 /proc/uptime) - began))"`,
      state,
      calls: `bash /run/boot-test/files/under-load ${domain} 0 sleep 3`,
      again: '/usr/local/sbin/fjord-apply',
    },
  };
});

/** What came of the calls, in one line of what a step said. */
function callsIn(text = ''): Calls {
  const [line = '{}'] = /\{"outcomes".*\}/.exec(text) ?? [];
  return JSON.parse(line) as Calls;
}

interface Calls {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly closedWhileIdle: number;
  readonly slowest: number;
  readonly long: readonly string[];
  readonly status: number;
  readonly took: number;
}

/** Says the numbers in the log, where they are for the page. */
function tell(what: string, { outcomes, took, slowest, long }: Calls): void {
  process.stdout.write(`${what}: ${JSON.stringify(outcomes)}, long ${long}, ${took} s, slowest ${slowest} s\n`);
}

describe.concurrent('a node in later days', () => {
  it('prints', async () => {
    for (const one of [await boot(), await restored()])
      for (const [name, step] of Object.entries(one.steps))
        if (!/journal|cloud|sysctls|boot-times|^backup/.test(name)) console.log(name, step);
    tell('x', callsIn());
    expect(1).toBe(1);
  });
});
