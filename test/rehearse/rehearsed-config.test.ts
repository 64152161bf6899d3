import { describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { callersOf, callRate } from '../../src/rehearse/caller.ts';
import { prepareValue } from '../../src/rehearse/prepare.ts';
import { rehearsedRelease } from '../../src/rehearse/rehearsed-config.ts';
import { cases } from '../cases/index.ts';

const host = { memory: 64 * 2 ** 30, cpus: 16 };

function rehearsed(config: PlatformConfig, on = host) {
  const { platform } = compileConfig(config, 'platform.config.ts');
  if (platform === undefined) throw new Error('it does not compile');
  return prepareValue(config, platform, on, 'platform.config.ts');
}

function preparedOf(config: PlatformConfig, on = host) {
  const preparation = rehearsed(config, on);
  if (!('prepared' in preparation)) throw new Error(JSON.stringify(preparation));
  return preparation.prepared;
}

describe('the reference platform', () => {
  const { changes, platform, texts } = preparedOf(reference);

  it('is changed in three things, each of which is told', () => {
    expect(changes.map((line) => line.split(':')[0])).toEqual([
      'k3s.version',
      'gateway.tls',
      'functions.*.image',
    ]);
  });

  it('fetches K3s from the internet of the rehearsal, and from nowhere else', () => {
    const script = texts.get('nodes/oslo-1/apply.sh') ?? '';
    expect([...script.matchAll(/^ *fetch (\S+)/gm)].map(([, url]) => url)).toEqual([
      expect.stringMatching(/^http:\/\/10\.0\.2\.100\/k3s\/v1\.36\.5%2Bk3s9\/k3s$/),
      'http://10.0.2.100/install.sh',
    ]);
  });

  it('has a caller for each function, with an address of its own', () => {
    const callers = callersOf(platform, new Map([['oslo-1', '10.20.0.11']]));
    expect(
      callers.map(({ name, way, every, address, path, source }) => [name, way, every, address, path, source]),
    ).toEqual(
      ['export-ledger', 'order-webhook', 'verify-payment'].map((name, index) => [
        name,
        'https',
        200,
        '10.20.0.11',
        `/function/${name}`,
        `198.51.100.${index + 1}`,
      ]),
    );
  });
});

it('nodes larger than this machine become as large as it is, and that is told', () => {
  const { changes, platform } = preparedOf(reference, { memory: 6 * 2 ** 30, cpus: 2 });
  expect(changes).toEqual(expect.arrayContaining(['nodes.oslo-1.memory: 6144Mi', 'nodes.oslo-1.cpus: 2']));
  expect(platform.nodes[0]).toMatchObject({ memory: 6 * 2 ** 30, cpus: 2 });
});

it('a release whose hash is known becomes one whose hash is not, of the same minor', () => {
  expect(rehearsedRelease('v1.36.5+k3s1')).toBe('v1.36.5+k3s9');
  expect(rehearsedRelease('v1.35.9+k3s1')).toBe('v1.35.9+k3s1');
});

it.each([
  [5, '10r/s', 5],
  [100, undefined, 10],
  [100, '3r/s', 3],
  [100, '30r/m', 1],
  [0.1, '10r/s', 1],
])('declared for %d a second, with a limit of %s, a function is called %d times', (declared, limit, rate) => {
  expect(callRate(declared, limit)).toBe(rate);
});

const native = Object.entries(cases).filter(([, config]) => {
  const { platform, diagnostics } = compileConfig(config, 'platform.config.ts');
  return platform?.openfaas.install === 'native' && !hasErrors(diagnostics);
});

/** Not with the image's nginx, which is built without HTTP/3. */
const not = ['gateway-newest'];

it.each(native.filter(([name]) => !not.includes(name)))(
  '%s compiles as it would be rehearsed',
  (_, config) => {
    const { diagnostics = [] } = rehearsed(config) as { diagnostics?: unknown[] };
    expect(diagnostics).toEqual([]);
  },
);
