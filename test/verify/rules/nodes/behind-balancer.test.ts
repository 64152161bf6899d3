import { expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { places } from '../../../../src/platform/nodes/places.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { socketsAsDeclared } from '../../../../src/verify/rules/nodes/sockets-as-declared.ts';
import { cases } from '../../../cases/index.ts';

const { artifacts } = compileConfig(cases['behind-balancer'], 'platform.config.ts');
const ours = '    ip saddr { 10.0.1.0/24 } tcp dport { 80 } accept\n';

function found(from: string, to: string): string[] {
  const [dist, problems] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error(JSON.stringify(problems));
  const nodes = dist.nodes.map((node) => {
    const file = node.files.get(places.firewall);
    if (file === undefined || !file.text.includes(from)) throw new Error('nothing to change');
    const text = file.text.replace(from, to);
    return { ...node, files: new Map(node.files).set(places.firewall, { ...file, text }) };
  });
  return socketsAsDeclared.check({ ...dist, nodes }).map(({ code, message }) => `${code}: ${message}`);
}

it('only the balancer reaches port 80', () => {
  expect(found(ours, ours)).toEqual([]);
});

it.each([
  ['everybody', '    tcp dport { 80 } accept\n', 'verify/socket-open'],
  ['a wider network', ours.replace('10.0.1.0/24', '10.0.0.0/16'), 'verify/socket-open'],
  ['port 443 too', ours.replace('{ 80 }', '{ 80, 443 }'), 'verify/socket-open'],
  ['nobody', '', 'verify/socket-closed'],
])('an edit of the firewall is found: %s', (_, rule, code) => {
  expect(found(ours, rule).join('\n')).toContain(code);
});
