import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { callbacksAsListed } from '../../../../src/verify/rules/functions/callbacks-as-listed.ts';
import { partsReach } from '../../../../src/verify/rules/openfaas/parts-reach.ts';
import { policiesNarrow } from '../../../../src/verify/rules/workloads/policies-narrow.ts';
import { platformWith } from '../../../platform/edit.ts';

const image = 'ghcr.io/acme/pay:1';
const policies = 'manifests/10-network-policies.yaml';
const conf = 'nginx/openfaas.conf';

function compiled(callbacks: string[] | undefined, callbackNetworks?: string[]): Map<string, string> {
  const { artifacts, diagnostics } = compileConfig(
    platformWith({
      openfaas: { licence: 'personal', ...(callbackNetworks && { callbackNetworks }) },
      functions: {
        pay: { image, async: true, ...(callbacks && { callbacks }) },
        store: { image, async: true },
      },
    }),
    'platform.config.ts',
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

function found(files: ReadonlyMap<string, string>, path?: string, from?: string | RegExp, to = ''): string[] {
  const changed = new Map(files);
  if (path !== undefined && from !== undefined) {
    const text = (files.get(path) ?? '').replace(from, () => to);
    expect(text).not.toBe(files.get(path));
    changed.set(path, text);
  }
  const [dist, problems] = readDist(changed);
  if (dist === undefined) throw new Error(JSON.stringify(problems));
  const rules = [callbacksAsListed, policiesNarrow, partsReach];
  return rules.flatMap(({ check }) => check(dist)).map(({ code }) => code.replace('verify/', ''));
}

const out = compiled(['https://shop.example.no/hook', 'store']);
const near = compiled(['https://shop.example.no/hook'], ['192.168.7.0/24']);
const none = compiled(undefined);
const header = 'proxy_set_header X-Callback-Url $openfaas_callback_pay;';

describe('where results of queued calls go', () => {
  it.each([out, near, none])('is as compiled', (files) => {
    expect(found(files)).toEqual([]);
  });

  it.each<[string | RegExp, string]>([
    [header, 'proxy_set_header X-Callback-Url $http_x_callback_url;'],
    [header, 'proxy_set_header X-Callback-Url $openfaas_unlisted_pay;'],
    [header, 'proxy_set_header X-Callback-Url "";'],
    [/(?<=\$openfaas_callback_pay \{\s+)default "";/, 'default $http_x_callback_url;'],
    [/(?<=\$openfaas_callback_pay \{\s+default "";)/, '~^https://(.*) $http_x_callback_url;'],
    [/(?<=\$openfaas_callback_pay \{\s+default "";)/, 'https://evil.example/ https://evil.example/;'],
    [/https:\/\/shop\.example\.no\/hook https:\/\/shop\.example\.no\/hook;/, ''],
    [/(?<=hook )https:\/\/shop\.example\.no\/hook;/, 'https://evil.example/;'],
    ['map $http_x_callback_url $openfaas_callback_pay', 'map $http_x_other $openfaas_callback_pay'],
    [/(?<=location = \/async-function\/store \{)/, header],
    [/(?<=location = \/function\/pay \{)/, header],
  ])('is not what a client says: %s', (from, to) => {
    expect(found(out, conf, from, to)).toContain('callback-not-listed');
  });

  it.each<[ReadonlyMap<string, string>, string | RegExp, string]>([
    [out, '- "192.168.0.0/16"', '- "192.168.0.0/17"'],
    [out, '- "169.254.0.0/16"\n              - "172.16.0.0/12"', '- "172.16.0.0/12"'],
    [out, /(?<=app: gateway\n {4}- ports:\n {8}- port: )443/, '8443'],
    [out, /(?<=app: gateway\n {4}- ports:\n {8}- port: 443)/, '\n          endPort: 9000'],
    [near, 'cidr: "192.168.7.0/24"', 'cidr: "192.168.0.0/16"'],
    [near, 'cidr: "192.168.7.0/24"', 'cidr: "0.0.0.0/0"'],
  ])('is nowhere else from the queue worker: %#', (files, from, to) => {
    const text = files.get(policies) ?? '';
    const begin = text.indexOf('name: queue-worker');
    const changed = text.slice(begin).replace(from, () => to);
    expect(changed).not.toBe(text.slice(begin));
    expect(found(new Map([...files, [policies, text.slice(0, begin) + changed]]))).toContain(
      'callback-anywhere',
    );
  });

  it('is nowhere if nothing is listed', () => {
    const worker = /name: queue-worker\n[\s\S]+/.exec(out.get(policies) ?? '')?.[0] ?? '';
    const codes = found(none, policies, /name: queue-worker\n[\s\S]+/, worker);
    expect(codes).toEqual(expect.arrayContaining(['callback-anywhere', 'call-undeclared']));
  });

  it('never is the cluster, whatever the lock file names', () => {
    const files = new Map(
      [...near].map(([path, text]) => [path, text.replaceAll('192.168.7.0/24', '10.42.0.0/16')]),
    );
    expect(found(files)).toContain('policy-lets-out');
  });
});
