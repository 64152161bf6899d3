import { gzip } from 'pako';
import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { report } from '../../../src/diagnostics/report.ts';
import { places } from '../../../src/platform/nodes/places.ts';
import { readDist } from '../../../src/verify/read/dist.ts';
import { userDataCosts } from '../../../src/verify/read/user-data-costs.ts';
import { userDataFits } from '../../../src/verify/rules/nodes/user-data-fits.ts';
import { smallest } from '../../cases/smallest.ts';

const { artifacts } = compileConfig(smallest, 'platform.config.ts');
const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
const [node] = dist?.nodes ?? [];
if (dist === undefined || node === undefined) throw new Error('the smallest platform does not compile');

it('adds up to the user-data, the dearest first', () => {
  const costs = userDataCosts(node);
  expect(costs.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(node.size);
  expect(costs.map(({ bytes }) => bytes)).toEqual(costs.map(({ bytes }) => bytes).sort((a, b) => b - a));
  for (const { part, bytes } of costs) expect([part, bytes > 0]).toEqual([part, true]);
  expect(costs.map(({ part }) => part)).toContain('/var/lib/rancher/k3s/server/manifests/fjord.yaml');
});

it('says of each file about what is saved without it', () => {
  const script = node.files.get(places.applyScript)?.text ?? '';
  const encoded = (text: string) => (gzip(text, { level: 9 }).length * 4) / 3;
  for (const { part, bytes } of userDataCosts(node).filter(({ bytes }) => bytes > 500)) {
    const text = node.files.get(part)?.text;
    if (text === undefined) continue;
    const saved = encoded(script) - encoded(script.replace(text, () => ''));
    expect([part, Math.abs(bytes - saved) / saved < 0.2]).toEqual([part, true]);
  }
});

/** What is said of the same user-data at another provider with another limit. */
function judged(
  provider: string,
  bytes: number,
  published: boolean,
  mode: 'embedded' | 'gitops' = 'embedded',
) {
  if (dist === undefined) return [];
  const nodes = dist.lock.nodes.map((entry) => ({ ...entry, provider, userDataLimit: { bytes, published } }));
  const lock = { ...dist.lock, nodes, delivery: { mode } };
  return userDataFits.check({ ...dist, lock }).map(({ code, hint, message }) => ({ code, hint, message }));
}

it.each([
  ['a limit that it reaches', 0, true, []],
  ['a limit that it passes', -1, true, ['verify/user-data-too-large']],
  ['an assumed limit that it passes', -1, false, ['verify/user-data-may-not-fit']],
  ['an assumed limit that it nears', 0, false, []],
] as const)('%s', (_, more, published, expected) => {
  const codes = judged('hetzner', node.size + more, published).map(({ code }) => code);
  expect(codes.filter((code) => code !== 'verify/user-data-near-limit')).toEqual(expected);
});

it('warns above three quarters of a limit, and not at them', () => {
  expect(judged('hetzner', Math.ceil(node.size / 0.75), true)).toEqual([]);
  expect(judged('hetzner', Math.floor((node.size - 1) / 0.75), true)).toHaveLength(1);
});

it('warns that it must be gzipped where the provider takes that and it then fits', () => {
  expect(judged('aws', node.size - 1, true).map(({ code }) => code)).toEqual(['verify/user-data-needs-gzip']);
  expect(judged('aws', 1000, true).map(({ code }) => code)).toEqual(['verify/user-data-too-large']);
  expect(judged('hetzner', node.size - 1, true).map(({ code }) => code)).toEqual([
    'verify/user-data-too-large',
  ]);
});

it('says how it gets smaller, by what the provider takes', () => {
  const hint = (provider: string, mode?: 'gitops') => judged(provider, 1000, true, mode)[0]?.hint;
  const fetch = 'set scripts in delivery to where machines can fetch their apply.sh, which leaves about 2 KB';
  expect(hint('aws')).toMatch(
    new RegExp(
      `^${fetch} of user-data, or give aws .* gzip -9, .*, or use delivery 'gitops', which leaves about \\d+`,
    ),
  );
  expect(hint('digitalocean')).toMatch(new RegExp(`^${fetch} of user-data, or use delivery 'gitops'`));
  expect(hint('digitalocean', 'gitops')).toBe(
    `${fetch} of user-data, or choose a provider with a higher limit`,
  );
  const parts = judged('aws', 1000, true)[0]?.message ?? '';
  expect(parts).toContain(`has ${node.size} bytes`);
  const costs = userDataCosts(node);
  const dearest = costs.slice(0, 5).map(({ part, bytes }) => `${part} ${bytes}`);
  expect(parts).toContain(`(roughly ${dearest.join(', ')}, and ${costs.length - 5} more)`);
});

it('is told of nodes that the lock file lacks', () => {
  const lock = { ...dist.lock, nodes: [] };
  expect(userDataFits.check({ ...dist, lock })).toEqual([
    report('verify/node-not-locked', [], { name: node.name }),
  ]);
});
