import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { challengesPassedOn } from '../../../../src/verify/rules/gateway/challenges-passed-on.ts';
import { nginxFromOnePlace } from '../../../../src/verify/rules/gateway/nginx-from-one-place.ts';
import { upstreamsAreServices } from '../../../../src/verify/rules/gateway/upstreams-are-services.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { gatewayNginxOrg } from '../../../cases/gateway-nginx-org.ts';

function distOf(config: PlatformConfig): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

const org = distOf(gatewayNginxOrg);
const own = distOf({ ...gatewayNginxOrg, gateway: {} });

/** The first node with other packages. */
function packages(dist: Dist, change: (packages: readonly string[]) => string[]): Dist {
  return {
    ...dist,
    nodes: dist.nodes.map((node, index) => (index > 0 ? node : { ...node, packages: change(node.packages) })),
  };
}

/** Files of nodes and `dist/`, with one text for another. */
function texts(dist: Dist, from: string, to: string): Dist {
  const changed = (map: Dist['texts']) =>
    new Map([...map].map(([path, text]) => [path, text.replace(from, to)]));
  return {
    ...dist,
    texts: changed(dist.texts),
    nodes: dist.nodes.map((node) => ({
      ...node,
      files: new Map(
        [...node.files].map(([path, file]) => [path, { ...file, text: file.text.replace(from, to) }]),
      ),
    })),
  };
}

function conf(from: string, to: string): Dist {
  return { ...own, nginx: JSON.parse(JSON.stringify(own.nginx).replaceAll(from, to)) };
}

describe('rules of where nginx comes from and whom it asks', () => {
  it.each([
    ['one place', nginxFromOnePlace],
    ['challenges', challengesPassedOn],
    ['upstreams', upstreamsAreServices],
  ])('accept what was compiled: %s', (_, rule) => {
    expect(rule.check(org)).toEqual([]);
    expect(rule.check(own)).toEqual([]);
  });

  const faults: [string, Rule, Dist, string][] = [
    [
      'no nginx',
      nginxFromOnePlace,
      packages(own, (all) => all.filter((one) => one !== 'nginx')),
      'nginx is not among the packages of',
    ],
    [
      'a second source',
      nginxFromOnePlace,
      { ...org, lock: own.lock },
      'can get nginx from nginx.org, but the lock file says from its OS',
    ],
    [
      "the OS's own as well",
      nginxFromOnePlace,
      packages(org, (all) => [...all, 'nginx']),
      'can get nginx from its OS, but the lock file says from nginx.org',
    ],
    [
      'another archive',
      nginxFromOnePlace,
      texts(org, 'https://nginx.org/packages', 'https://evil.example'),
      'URIs',
    ],
    ['another release', nginxFromOnePlace, texts(org, 'Suites: bookworm', 'Suites: sid'), 'Suites: bookworm'],
    ['no signature', nginxFromOnePlace, texts(org, 'Signed-By:', 'Trusted: yes #'), 'Signed-By'],
    [
      'a key that is not looked for',
      nginxFromOnePlace,
      texts(org, '9E9BE90EACBCDE69FE9B204CBCDCD8A38D88A2B3', ''),
      'the key 9E9BE90E',
    ],
    ['a node that is not asked', challengesPassedOn, conf('192.0.2.32:80', '192.0.2.31:80'), 'reykjavik-2'],
    [
      'an upstream that no location leads to',
      challengesPassedOn,
      conf('"$uri","@openfaas_challenges"', '"$uri","=404"'),
      'does not ask reykjavik-2',
    ],
    [
      'the name of the caller',
      challengesPassedOn,
      conf('"Host","challenges.invalid"', '"Host","$host"'),
      '$host',
    ],
    [
      'a name that passes on',
      challengesPassedOn,
      conf('"Host","challenges.invalid"', '"Host","functions.example.is"'),
      'functions.example.is',
    ],
    ['a name of nobody', challengesPassedOn, conf('"Host","challenges.invalid"', '"X","y"'), '$proxy_host'],
    ['a stranger', upstreamsAreServices, conf('192.0.2.32:80', '203.0.113.1:80'), '203.0.113.1:80'],
    ['another port', upstreamsAreServices, conf('192.0.2.32:80', '192.0.2.32:6443'), '192.0.2.32:6443'],
    [
      'calls to other nodes',
      upstreamsAreServices,
      conf('10.43.0.80:8080', '192.0.2.32:80'),
      'openfaas_gateway',
    ],
  ];
  it.each(faults)('catch %s', (_, rule, dist, message) => {
    expect(
      rule
        .check(dist)
        .map((one) => one.message)
        .join(),
    ).toContain(message);
  });
});
