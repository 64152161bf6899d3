import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { groupsNamed } from '../../src/rehearse/groups.ts';
import { imageIn } from '../../src/rehearse/image.ts';
import { takePlace } from '../../src/rehearse/place.ts';
import { toolsDirectory } from '../conformance/tools-directory.ts';

const script = join(import.meta.dirname, 'one-machine.ts');
const tools = mkdtempSync(join(tmpdir(), 'rehearsals-'));
afterAll(() => rmSync(tools, { recursive: true, force: true }));

/** A machine needs root and the image; without them, nothing is there that could be left. */
const canBoot = process.geteuid?.() === 0 && existsSync(imageIn(toolsDirectory()).disk);

/** What a rehearsal makes on its host, counted. */
function onHost(marker: string): Record<string, number> {
  const lines = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  const processes = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid));
  const of = processes.filter((pid) => commandOf(pid).includes(marker));
  return {
    processes: of.length,
    mounts: lines('cat', '/proc/self/mountinfo').filter((line) => line.includes(marker)).length,
    loops: lines('losetup', '--list', '--noheadings', '--output', 'BACK-FILE').filter((line) =>
      line.includes(marker),
    ).length,
    links: lines('ip', '-brief', 'link').length,
    rules: lines('nft', 'list', 'ruleset').length,
    groups: groupsNamed(new RegExp(`^fjord-rehearsal-${running}-`)).length,
    files: readdirSync(join(tools, 'rehearsals')).length,
  };
}

let running = 0;

function commandOf(pid: string): string {
  try {
    return execFileSync('cat', [`/proc/${pid}/cmdline`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

/** Starts a machine in a process of its own, by a shell or not, and waits until it runs. */
async function boot(shell: readonly string[] = []) {
  const args = ['--import', import.meta.resolve('tsx'), script, tools, imageIn(toolsDirectory()).disk];
  const [program = '', ...rest] = [...shell, process.execPath, ...args];
  // What npm gives to its scripts, and has not itself.
  const env = { ...process.env, npm_lifecycle_event: 'fjord' };
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
    running = Number(/started (\d+)/.exec(said)?.[1] ?? running);
  });
  for (let tries = 0; !/started \d+\n/.test(said) && child.exitCode === null && tries < 900; tries += 1)
    await wait(100);
  return { child, said: () => said };
}

describe.skipIf(!canBoot)('a rehearsal leaves nothing', { timeout: 180_000 }, () => {
  const none = { processes: 0, mounts: 0, loops: 0, groups: 0, files: 0 };

  it.each(['SIGINT', 'SIGTERM'] as const)('after %s', async (signal) => {
    takeAndLeave();
    const before = onHost(tools);
    const { child } = await boot();
    expect(onHost(tools)).toMatchObject({ files: 1, groups: expect.toSatisfy((count: number) => count > 0) });
    child.kill(signal);
    await once(child, 'exit');
    expect(onHost(tools)).toEqual({ ...before, ...none });
  });

  it('after it was killed: the kernel ends its machine, and who waits for its end removes the rest', async () => {
    takeAndLeave();
    const before = onHost(tools);
    const { child } = await boot();
    const second = spawn(process.execPath, [
      ...['--import', import.meta.resolve('tsx'), script, tools, imageIn(toolsDirectory()).disk],
    ]);
    const [code] = await once(second, 'exit');
    expect(code).toBe(3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(() => onHost(tools).files === 0 && onHost(tools).processes === 0);
    expect(onHost(tools)).toEqual({ ...before, ...none });
  });

  it('after who waits was killed as well: the next one removes files and cgroups', async () => {
    takeAndLeave();
    const before = onHost(tools);
    const { child } = await boot();
    const waiting = readdirSync('/proc').filter((pid) => commandOf(pid).includes('rehearsal/world/sweep'));
    for (const pid of waiting) if (commandOf(pid).includes(tools)) process.kill(Number(pid), 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(() => onHost(tools).processes === 0 && onHost(tools).mounts === 0);
    await wait(500);
    expect(onHost(tools)).toMatchObject({ processes: 0, mounts: 0, loops: 0, files: 1 });
    takeAndLeave();
    expect(onHost(tools)).toEqual({ ...before, ...none });
  });

  it('after npm, which started it, was ended: npm’s shell does not pass SIGTERM on', async () => {
    takeAndLeave();
    const before = onHost(tools);
    const { child } = await boot(['sh', '-c', '"$@" & wait', 'npm']);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await until(() => onHost(tools).files === 0 && onHost(tools).processes === 0);
    expect(onHost(tools)).toEqual({ ...before, ...none });
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 150; tries += 1) await wait(100);
}

function takeAndLeave(): void {
  const place = takePlace(tools);
  if (typeof place === 'number') throw new Error(`process ${place} has it`);
  place.leave();
}
