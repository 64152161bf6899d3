import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

describe('the stand-in for K3s', () => {
  it('reads options, renews certificates and names registries as K3s does', () => {
    const cwd = fileURLToPath(new URL('../../rehearsal/k3s', import.meta.url));
    const { status, stdout, stderr } = spawnSync('go', ['test', './...'], { cwd, encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
  });
});
