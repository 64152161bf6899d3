import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { check } from '../../../src/config/check/check.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { functionWith } from '../../platform/edit.ts';

const latest = functionWith({ image: 'ghcr.io/acme/pay:latest' });

function severities(diagnostics: PlatformConfig['diagnostics']): string[] {
  const found = compileConfig({ ...latest, diagnostics }, 'platform.config.ts').diagnostics;
  return found.filter(({ code }) => code === 'resolve/image-latest').map(({ severity }) => severity);
}

describe('what a code counts as', () => {
  it('is a warning, an error or nothing, as the config says', () => {
    const reason = 'a trial';
    expect(severities({})).toEqual(['warning']);
    expect(severities({ 'resolve/image-latest': { severity: 'error', reason } })).toEqual(['error']);
    expect(severities({ 'resolve/image-latest': { severity: 'off', reason } })).toEqual([]);
  });

  it('is told when that leaves something out', () => {
    const diagnostics = { 'resolve/image-latest': { severity: 'off' as const, reason: 'a trial' } };
    expect(compileConfig({ ...latest, diagnostics }, 'platform.config.ts').silenced).toEqual([
      { code: 'resolve/image-latest', count: 1, reason: 'a trial' },
    ]);
    const quiet = functionWith({});
    expect(compileConfig({ ...quiet, diagnostics }, 'platform.config.ts').silenced).toEqual([]);
  });

  it('cannot be less than an error of fact, and needs a known code and a reason', () => {
    const refused = (code: string, reason = 'a trial') =>
      check({ ...latest, diagnostics: { [code]: { severity: 'off', reason } } }).map(
        (each) => `${each.code} ${each.path.join(' ')}: ${each.hint}`,
      );
    expect(refused('resolve/image-latest')).toEqual([]);
    expect(refused('resolve/scale-to-zero')).toEqual([
      'check/not-adjustable diagnostics resolve/scale-to-zero: remove this entry, and correct what the error reports',
    ]);
    expect(refused('resolve/image-lates')).toEqual([
      "check/unknown-code diagnostics resolve/image-lates: did you mean 'resolve/image-latest'?",
    ]);
    expect(refused('constructor')).toHaveLength(1);
    expect(refused('resolve/image-latest', '')).toEqual([
      'check/too-short diagnostics resolve/image-latest reason: write at least 1 character',
    ]);
  });
});
