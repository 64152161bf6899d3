import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist, KubernetesBody, ManifestObject } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { functionsDeployed } from '../../../../src/verify/rules/functions/functions-deployed.ts';
import { durationsInOrder } from '../../../../src/verify/rules/gateway/durations-in-order.ts';
import { upstreamsAreServices } from '../../../../src/verify/rules/gateway/upstreams-are-services.ts';
import { chartSafe } from '../../../../src/verify/rules/openfaas/chart-safe.ts';
import { listedAsPresent } from '../../../../src/verify/rules/platform/listed-as-present.ts';
import { secretsMade } from '../../../../src/verify/rules/platform/secrets-made.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { helm } from '../../../cases/helm.ts';
import { pro } from '../../../cases/pro.ts';

function distOf(config: PlatformConfig): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('the platform cannot be read back');
  return dist;
}

const platforms = { helm: distOf(helm), pro: distOf(pro) };

/** A platform with each object's JSON changed where the text stands. */
function changed(dist: Dist, from: string, to: string): Dist {
  const objects = dist.objects.map((object): ManifestObject => {
    const body = JSON.parse(JSON.stringify(object.body).replaceAll(from, to)) as KubernetesBody;
    const { name, namespace } = body.metadata as { name: string; namespace?: string };
    return { ...object, body, name, namespace };
  });
  if (JSON.stringify(objects) === JSON.stringify(dist.objects)) throw new Error(`nothing to change: ${from}`);
  return { ...dist, objects };
}

function without(dist: Dist, kind: string): Dist {
  const objects = dist.objects.filter((object) => object.kind !== kind);
  if (objects.length === dist.objects.length) throw new Error(`no ${kind}`);
  return { ...dist, objects };
}

function withLock(dist: Dist, lock: Partial<Dist['lock']>): Dist {
  return { ...dist, lock: { ...dist.lock, ...lock } };
}

function codes(rule: Rule, dist: Dist): string[] {
  return [...new Set(rule.check(dist).map(({ code }) => code))];
}

describe('the rules of a platform whose OpenFaaS comes by its chart', () => {
  const rules = {
    chartSafe,
    durationsInOrder,
    functionsDeployed,
    listedAsPresent,
    secretsMade,
    upstreamsAreServices,
  };
  for (const [name, dist] of Object.entries(platforms)) {
    it.each(Object.entries(rules))(`accept ${name}: %s`, (_, rule) => expect(rule.check(dist)).toEqual([]));
  }

  const { helm: community, pro: bought } = platforms;
  const faults: [string, Rule, Dist, string][] = [
    [
      'a Service that is open',
      chartSafe,
      changed(community, 'exposeServices: false', 'exposeServices: true'),
      'verify/chart-unsafe',
    ],
    [
      'a password that the chart makes',
      chartSafe,
      changed(bought, 'generateBasicAuth: false', 'generateBasicAuth: true'),
      'verify/chart-unsafe',
    ],
    [
      'no authentication',
      chartSafe,
      changed(bought, 'basic_auth: true', 'basic_auth: false'),
      'verify/chart-unsafe',
    ],
    [
      'values that are no YAML',
      chartSafe,
      changed(community, 'exposeServices: false', 'exposeServices: ['),
      'verify/chart-unsafe',
    ],
    ['another version', chartSafe, changed(bought, '15.0.6', '15.0.7'), 'verify/chart-not-locked'],
    ['no chart', chartSafe, without(community, 'HelmChart'), 'verify/chart-not-locked'],
    [
      'a chart that is not listed',
      chartSafe,
      withLock(community, { openfaas: { edition: 'community', install: 'native' } }),
      'verify/chart-not-locked',
    ],
    [
      'a gateway that gives up early',
      durationsInOrder,
      changed(bought, 'upstreamTimeout: \\"300s\\"', 'upstreamTimeout: \\"30s\\"'),
      'verify/durations-out-of-order',
    ],
    [
      'a function that takes longer',
      durationsInOrder,
      changed(bought, '"exec_timeout":"300s"', '"exec_timeout":"301s"'),
      'verify/durations-out-of-order',
    ],
    ['no functions', functionsDeployed, without(bought, 'Function'), 'verify/function-not-deployed'],
    [
      'an image of the chart that is not listed',
      listedAsPresent,
      changed(community, 'faas-netes:0.18.17', 'faas-netes:0.18.18'),
      'verify/images-not-locked',
    ],
    [
      'an image of a Function that is not listed',
      listedAsPresent,
      changed(bought, 'steady:1.0.0', 'steady:1.0.1'),
      'verify/images-not-locked',
    ],
    [
      'no licence',
      secretsMade,
      withLock(bought, { secrets: bought.lock.secrets.filter(({ name }) => name !== 'openfaas-license') }),
      'verify/secret-not-made',
    ],
    [
      'a Secret of a Function that nobody makes',
      secretsMade,
      changed(bought, 'idle-key', 'other-key'),
      'verify/secret-not-made',
    ],
    [
      'a script that is faster than the operator',
      secretsMade,
      withLock(bought, {
        secrets: bought.lock.secrets.map((secret) => ({ ...secret, madeBy: 'operator' as const })),
      }),
      'verify/secret-made-by-other',
    ],
    [
      'a Secret that no script makes',
      secretsMade,
      withLock(community, {
        secrets: community.lock.secrets.map((secret) => ({ ...secret, madeBy: 'node' as const })),
      }),
      'verify/secret-made-by-other',
    ],
    [
      'a Service of other pods',
      upstreamsAreServices,
      changed(community, '"selector":{"app":"gateway"}', '"selector":{"app":"prometheus"}'),
      'verify/upstream-is-no-service',
    ],
    [
      'a Service beside the chart',
      upstreamsAreServices,
      changed(community, '"targetNamespace":"openfaas"', '"targetNamespace":"other"'),
      'verify/upstream-is-no-service',
    ],
  ];
  it.each(faults)('find %s', (_, rule, dist, code) => expect(codes(rule, dist)).toContain(code));
});
