import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 600_000 });

const kinds = ['uploads', 'headers', 'readers', 'streams'] as const;
/** How many calls come from how many addresses. */
const floods = [
  [100, 1],
  [1000, 10],
  [2000, 100],
] as const;
const seconds = 6;

/** Calls as fast as they come; nothing else is said, so that connections and requests follow from the memory. */
function platformOf(memory: '2Gi' | '8Gi'): PlatformConfig {
  const { rateLimit } = gatewayPlatform.gateway;
  return { ...gatewayPlatform, nodes: { 'node-1': { memory } }, gateway: { rateLimit } };
}

/** Bytes that systemd lets nginx have on the platform's node. */
function limitOf(config: PlatformConfig): number {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const script = artifacts.find(({ path }) => path === 'nodes/node-1/apply.sh')?.text ?? '';
  return Number(/^MemoryMax=(\d+)$/m.exec(script)?.[1]);
}

/** Resident memory of all workers, in bytes. */
function residentOf(gateway: RunningGateway): number {
  return gateway.workers().reduce((sum, pid) => {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return sum + Number(kilobytes) * 1024;
  }, 0);
}

/** The most that the workers held while clients did this, and how many calls were open at the end. */
async function held(gateway: RunningGateway, kind: string, calls: number, addresses: number) {
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, residentOf(gateway));
  }, 100);
  const script = join(import.meta.dirname, 'hold-memory.mjs');
  const args = [script, kind, calls, addresses, seconds, gateway.domain].map(String);
  const { status, stdout, stderr } = await gateway.node.runInNetwork(process.execPath, args);
  clearInterval(looking);
  expect([status, stderr]).toEqual([0, '']);
  return { most, open: Number(stdout) };
}

describeGateway('what clients make nginx hold', () => {
  it.each([
    ['2Gi', kinds, floods],
    ['8Gi', ['uploads', 'streams'], floods.slice(-1)],
  ] as const)('stays below its limit on a node with %s', async (memory, own, tried) => {
    const config = platformOf(memory);
    const limit = limitOf(config);
    const rows: string[] = [];
    for (const kind of own) {
      for (const [calls, addresses] of tried) {
        // Each finds nginx as it starts: what a worker once had, it does not give back.
        const gateway = await startGateway(config);
        const { most, open } = await held(gateway, kind, calls, addresses);
        const after = await gateway.ask('/function/echo');
        await gateway.stop();
        rows.push(`${calls} ${kind}, ${addresses}: ${Math.round(most / 2 ** 20)} MiB, ${open} open`);
        expect(most, rows.at(-1)).toBeLessThan(limit);
        expect(open, rows.at(-1)).toBeGreaterThan(0);
        expect(after.status, rows.at(-1)).toBe(200);
      }
    }
    console.log(`${memory}, at most ${limit / 2 ** 20} MiB\n${rows.join('\n')}`);
  });
});
