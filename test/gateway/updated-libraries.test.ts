import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeGateway('an update of a library that nginx has in memory', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayPlatform);
  });
  afterAll(() => gateway?.stop());

  /** nginx's first process, and whether it has a file in memory that is no longer on the disk. */
  const master = async () => {
    const { stdout } = await gateway.node.run(
      `pid=$(cat /run/nginx.pid); echo "$pid $(grep -c '[.]so.*(deleted)' "/proc/$pid/maps" || true)"`,
    );
    const [pid, deleted] = stdout.trim().split(' ').map(Number);
    return { pid, outdated: deleted !== 0 };
  };

  it('is taken over by a second nginx, without a lost call', async () => {
    await gateway.node.run(`mkdir -p /var/lib/fjord
      cp "$(ldconfig -p | sed -n 's/.*libcrypt[.]so.* => //p' | head -n 1)" /tmp/libold.so.1
      nginx -s quit
      while [ -e /run/nginx.pid ]; do sleep 0.1; done
      LD_PRELOAD=/tmp/libold.so.1 /usr/sbin/nginx >/dev/null 2>&1
      rm /tmp/libold.so.1`);
    const before = await master();
    expect(before.outdated).toBe(true);

    const slow = gateway.ask('/function/slow?delay=6000');
    const answers: number[] = [];
    let ends = false;
    const callers = Array.from({ length: 4 }, async () => {
      while (!ends) answers.push((await gateway.ask('/function/echo')).status);
    });
    await wait(500);
    const maintained = await gateway.node.run('/usr/local/sbin/fjord-maintain');
    await wait(2000);
    ends = true;
    await Promise.all(callers);

    expect(maintained).toMatchObject({ status: 0 });
    expect(maintained.stdout).toContain('nginx takes over updated libraries');
    const after = await master();
    expect([after.pid === before.pid, after.outdated]).toEqual([false, false]);
    expect(await slow).toMatchObject({ status: 200 });
    process.stdout.write(
      `${answers.length} calls during the change, ${answers.filter((status) => status !== 200).length} lost\n`,
    );
    expect(answers.length).toBeGreaterThan(20);
    expect(new Set(answers)).toEqual(new Set([200]));
    // The first one ends by itself.
    await vi.waitFor(async () => expect((await gateway.node.run(`! kill -0 ${before.pid}`)).status).toBe(0), {
      timeout: 20_000,
    });
  });

  it('is nothing to do afterwards', async () => {
    const before = await master();
    expect(await gateway.node.run('/usr/local/sbin/fjord-maintain')).toMatchObject({ status: 0, stdout: '' });
    expect(await master()).toEqual(before);
  });
});
