import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { changedConfigs } from '../properties/arbitrary-config.ts';
import { type FuzzTool, toolComplaints } from '../properties/real-tools.ts';
import { describeWithTool } from './real-tool.ts';

vi.setConfig({ testTimeout: 180_000 });

/** A few that compile: the same ones in each run, and some that no run has had before. */
const seeds = [1, Date.now() % 2 ** 31];

const platforms = new Map(seeds.map((seed) => [seed, generated(seed)]));

function generated(seed: number) {
  return fc
    .sample(changedConfigs, { numRuns: 40, seed })
    .map((config) => compileConfig(config, 'platform.config.ts'))
    .filter(({ artifacts, diagnostics }) => artifacts.length > 0 && !hasErrors(diagnostics))
    .slice(0, 3)
    .map(({ artifacts }) => artifacts);
}

function takesThem(tool: FuzzTool): void {
  describe.each(seeds)('seed %i', (seed) => {
    it('nothing to say', async () => {
      const own = platforms.get(seed) ?? [];
      expect(own.length).toBeGreaterThan(0);
      for (const artifacts of own) expect(await toolComplaints(artifacts, [tool])).toEqual([]);
    });
  });
}

describeGateway('nginx takes generated platforms', () => takesThem('nginx'));
describeWithTool('shellcheck', 'shellcheck takes generated platforms', () => takesThem('shellcheck'));
describeWithTool('cloud-init-oldest', 'the oldest cloud-init takes generated platforms', () =>
  takesThem('cloud-init-oldest'),
);
describeWithTool('cloud-init-newest', 'the newest cloud-init takes generated platforms', () =>
  takesThem('cloud-init-newest'),
);
