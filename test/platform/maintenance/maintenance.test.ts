import { describe, expect, it } from 'vitest';
import type { MaintenanceConfig } from '../../../src/config/maintenance/maintenance.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';

const one: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': {} },
  openfaas: { licence: 'personal' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', timeout: '30s' } },
};

const three: PlatformConfig = {
  ...one,
  nodes: Object.fromEntries(
    [1, 2, 3].map((n) => [`oslo-${n}`, { role: 'server' as const, address: `192.0.2.${n}` }]),
  ),
};

/** The parts of the window, or the errors. */
function slots(config: PlatformConfig, maintenance: MaintenanceConfig) {
  const [platform, diagnostics] = resolve({ ...config, maintenance });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors.map(({ code, path }) => `${code} ${path.join('.')}`);
  return Object.values(platform?.maintenance.slots ?? {}).map(
    ({ days, time }) => `${days.join(',')} ${time}`,
  );
}

describe('the maintenance window', () => {
  it('is Sunday at two o’clock if the config does not say', () => {
    expect(slots(one, {})).toEqual(['sunday 02:00']);
  });

  it('gives each node a part of its own, one after the other', () => {
    expect(slots(three, {})).toEqual(['sunday 02:00', 'sunday 02:36', 'sunday 03:12']);
  });

  it('goes on after midnight on the next day', () => {
    expect(slots(three, { days: ['wednesday', 'sunday'], from: '23:30' })).toEqual([
      'wednesday,sunday 23:30',
      'monday,thursday 00:06',
      'monday,thursday 00:42',
    ]);
  });

  it.each<[string, PlatformConfig, MaintenanceConfig, string]>([
    ['too short for a reboot', one, { length: '10m' }, 'resolve/window-too-short maintenance.length'],
    ['never open', one, { length: '0s' }, 'resolve/window-too-short maintenance.length'],
    ['too short for all nodes', three, { length: '1h' }, 'resolve/window-too-short maintenance.length'],
    [
      'open when the next one opens',
      one,
      { days: ['monday', 'tuesday'], length: '25h' },
      'resolve/window-too-long maintenance.length',
    ],
    ['open until the next week', one, { length: '169h' }, 'resolve/window-too-long maintenance.length'],
  ])('cannot be %s', (_, config, maintenance, error) => {
    expect(slots(config, maintenance)).toEqual([error]);
  });

  it('says that nothing reboots', () => {
    const [, diagnostics] = resolve({ ...one, maintenance: { reboots: false } });
    expect(diagnostics.map(({ code, path }) => `${code} ${path.join('.')}`)).toContain(
      'resolve/reboots-never maintenance.reboots',
    );
  });
});
