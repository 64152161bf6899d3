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
    backup:
      '/usr/local/sbin/fjord-backup >&2 && base64 --wrap=0 "$(ls /var/lib/fjord/backups/*.age | tail -n 1)"',
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

interface Calls {
  readonly outcomes: Readonly<Record<string, number>>;
  /** Seconds from the first call without an answer to the last. */
  readonly lostFor: number;
  /** Connections that nginx closed between two calls. */
  readonly closedWhileIdle: number;
  /** Seconds. */
  readonly slowest: number;
  readonly long: readonly string[];
  readonly status: number;
  readonly took: number;
}

/** What came of the calls, in one line of what a step said. Tells it too, for the page that has the numbers. */
function callsIn(what: string, text = ''): Calls & { readonly lost: number } {
  const calls = JSON.parse(/\{"outcomes".*\}/.exec(text)?.[0] ?? '{"outcomes":{}}') as Calls;
  const lost = Object.entries(calls.outcomes).reduce((sum, [key, n]) => (key === '200' ? sum : sum + n), 0);
  process.stdout.write(`${what}: ${JSON.stringify({ ...calls, lost })}\n`);
  return { ...calls, lost };
}

const unitOf = (text = '') => text.match(/\w+=\w+|^\d+$/gm) ?? [];

describe.concurrent('a node in later days', () => {
  it.each([
    ['restart', 'by systemctl restart'],
    ['update', "as an update of nginx's package does it"],
    ['take-over', 'after fjord-nginx take-over, whose first nginx has not ended yet'],
  ])('loses no call when nginx restarts: %s, %s', async (name) => {
    const { steps, timedOut } = await boot();
    expect(timedOut).toBe(false);
    const calls = callsIn(name, steps[name]?.stdout);
    expect(calls).toMatchObject({ lost: 0, status: 0, long: ['200', '200'] });
    expect(calls.outcomes['200']).toBeGreaterThan(20);
  });

  it('has one nginx afterwards, in the eyes of systemd too', async () => {
    const { steps } = await boot();
    for (const name of ['unit-restarted', 'unit-after']) {
      const unit = unitOf(steps[name]?.stdout);
      const pid = unit.find((line) => line.startsWith('MainPID='))?.slice(8);
      expect(unit).toContain('ActiveState=active');
      expect(unit).toContain(pid);
    }
    // Its first process alone: of all that have gone, nobody is left.
    expect(unitOf(steps['unit-after']?.stdout).at(-1)).toBe('1');
  });

  it('keeps calls that are under way when the first process of nginx is killed', async () => {
    const { steps } = await boot();
    const calls = callsIn('killed', steps.killed?.stdout);
    expect(steps.killed?.stderr).toMatch(/^active$/m);
    expect(calls).toMatchObject({ status: 0, long: ['200', '200'] });
    expect(calls.lostFor).toBeLessThan(10);
  });

  it('goes on serving when nginx is restarted with a wrong conf, until it is mended', async () => {
    const { steps } = await boot();
    const calls = callsIn('wrong-conf', steps['wrong-conf']?.stdout);
    expect(calls).toMatchObject({ status: 0, long: ['200', '200'] });
    expect(calls.lostFor).toBeLessThan(10);
  });

  it('stops nginx only when its calls have ended', async () => {
    const { steps } = await boot();
    expect(steps.stop?.stderr).toMatch(/^0$/m);
    expect(callsIn('stop', steps.stop?.stdout)).toMatchObject({ status: 0, long: ['200', '200'] });
  });

  it('serves and restarts on a disk that a stranger has filled, and is as before when it is free', async () => {
    const { steps } = await boot();
    const said = steps.disk?.stdout ?? '';
    expect(said).toMatch(/^free +0$/m);
    expect(callsIn('disk', said)).toMatchObject({ lost: 0, status: 0, long: ['200', '200'] });
    expect(said).toMatch(/^backup [1-9]/m);
    expect(said).toMatch(/^copies 0$/m);
    expect(said).toMatch(/^backup freed 0$/m);
    expect(said).toMatch(/^apply freed 0$/m);
  });

  it('ends a call that is under way when it reboots', async () => {
    const { steps } = await boot();
    expect(steps.rebooted?.stdout).toMatch(/^200$/m);
  });

  it('sends nothing to Services and pods before K3s is up, and has only its own ports open', async () => {
    const { steps } = await boot();
    const said = steps.rebooted?.stdout ?? '';
    expect(said).toMatch(/^listeners 22 80 443 $/m);
    expect(said).toMatch(/^table 1$/m);
    for (const address of ['10.43.0.99', '10.42.0.99']) expect(said).toContain(`${address} 7 0.`);
    const { outcomes } = callsIn('before K3s', said);
    expect(outcomes['502']).toBeGreaterThan(5);
    expect(Object.keys(outcomes)).toEqual(['502']);
    expect(said).toMatch(/^left packets 0$/m);
    expect(said).toMatch(/^left later packets 0$/m);
    // The counter counts: without our table they do leave.
    expect(said).toMatch(/^left without our table packets [1-9]/m);
  });

  it("has K3s' certificate renewed by itself within a year, before it ends", async () => {
    const { steps } = await boot();
    expect(callsIn('a year', steps.year?.stdout)).toMatchObject({ lost: 0, status: 0 });
    expect(steps.year?.stdout).toMatch(/^Certificate will not expire$/m);
    expect(steps.year?.stdout).toContain('client-admin.crt ends soon: restarting K3s, which renews it');
    expect(steps['failed-units']?.stdout).toBe('');
  });
});

describe.concurrent('a second machine, made with fjord user-data --restore', () => {
  it('waits with nothing started, and refuses a damaged backup', async () => {
    const { steps, timedOut } = await restored();
    expect(timedOut).toBe(false);
    expect(steps['cloud-init-status']?.stdout).toMatch(/^status: done$/m);
    expect(steps.waiting?.stdout).toBe('inactive\ninactive\n');
    expect(steps.waiting?.exitCode).not.toBe(0);
    expect(steps.damaged?.exitCode).toBe(1);
    expect(steps.damaged?.stderr).toContain('nothing was changed');
  });

  it('becomes the first, with every row and file, and serves', async () => {
    const [first, second] = [await boot(), await restored()];
    expect(second.steps.restore?.exitCode).toBe(0);
    process.stdout.write(`restore: ${second.steps.restore?.stdout.split('\n').at(-2)}\n`);
    expect(first.steps.state?.stdout.split('\n').length).toBeGreaterThan(10);
    expect(second.steps.state?.stdout).toBe(first.steps.state?.stdout);
    expect(callsIn('restored', second.steps.calls?.stdout)).toMatchObject({ lost: 0, status: 0 });
    expect(second.steps.again?.stdout).toMatch(/^fjord: done: nothing to change\n$/m);
    expect(second.steps['failed-units']?.stdout).toBe('');
  });
});
