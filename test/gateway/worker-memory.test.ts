import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { cases } from '../cases/index.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 600_000 });

const kinds = ['uploads', 'headers', 'readers', 'streams', 'unread-streams'] as const;
/** How many calls come from how many addresses. */
const floods = [
  [100, 1],
  [1000, 10],
  [2000, 100],
] as const;
const seconds = 6;
const mib = 2 ** 20;

/** Calls as fast as they come; connections and requests are as the platform has them. */
const { rateLimit } = gatewayPlatform.gateway;
const larger: PlatformConfig = { ...gatewayPlatform, nodes: { 'node-1': { memory: '8Gi' } }, gateway: {} };
const platforms: Readonly<Record<string, PlatformConfig | undefined>> = { ...cases, larger };

/** Bytes that the lock file says nginx takes at most, and those that systemd lets it have. */
function promisedBy(config: PlatformConfig): { worstMemory: number; memoryLimit: number } {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const lock = artifacts.find(({ path }) => path === 'platform.lock.json')?.text ?? '';
  return (JSON.parse(lock) as { gateway: { worstMemory: number; memoryLimit: number } }).gateway;
}

/** Resident memory of all workers, in bytes. */
function residentOf(gateway: RunningGateway): number {
  return gateway.workers().reduce((sum, pid) => {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return sum + Number(kilobytes) * 1024;
  }, 0);
}

/** The most that the workers held while clients did this, and how many calls were open at the end. */
async function held(gateway: RunningGateway, name: string, kind: string, calls: number, addresses: number) {
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, residentOf(gateway));
  }, 100);
  const script = join(import.meta.dirname, 'hold-memory.mjs');
  const args = [script, kind, calls, addresses, seconds, gateway.domain, name].map(String);
  const { status, stdout, stderr } = await gateway.node.runInNetwork(process.execPath, args);
  clearInterval(looking);
  expect([status, stderr]).toEqual([0, '']);
  return { most, open: Number(stdout) };
}

describeGateway('what clients make nginx hold', () => {
  it.each([
    ['reference', kinds, floods],
    ['smallest', kinds, floods],
    ['larger', ['uploads', 'streams'], floods.slice(-1)],
  ] as const)('stays below what the lock file says of the %s platform', async (of, own, tried) => {
    const written = platforms[of];
    if (written === undefined) throw new Error(`no platform ${of}`);
    const config = { ...written, gateway: { ...written.gateway, rateLimit } };
    const { worstMemory, memoryLimit } = promisedBy(config);
    const [name = ''] = Object.keys(config.functions);
    const rows: string[] = [];
    expect(worstMemory).toBeLessThan(memoryLimit);
    for (const kind of own) {
      for (const [calls, addresses] of tried) {
        // Each finds nginx as it starts: what a worker once had, it does not give back.
        const gateway = await startGateway(config);
        const [idle, workers] = [residentOf(gateway), gateway.workers()];
        const { most, open } = await held(gateway, name, kind, calls, addresses);
        const after = await gateway.ask(`/function/${name}`);
        const left = gateway.workers();
        await gateway.stop();
        rows.push(`${calls} ${kind}, ${addresses}: ${Math.round(most / mib)} MiB, ${open} open`);
        expect(most, rows.at(-1)).toBeLessThan(worstMemory);
        expect(most, rows.at(-1)).toBeGreaterThan(idle + 2 * mib);
        expect(open, rows.at(-1)).toBeGreaterThan(0);
        expect(after.status, rows.at(-1)).toBe(200);
        expect(left, rows.at(-1)).toEqual(workers);
      }
    }
    console.log(`${of}, at most ${Math.round(worstMemory / mib)} MiB\n${rows.join('\n')}`);
  });
});
