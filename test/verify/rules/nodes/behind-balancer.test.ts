import { expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { socketsAsDeclared } from '../../../../src/verify/rules/nodes/sockets-as-declared.ts';
import { cases } from '../../../cases/index.ts';

const { artifacts } = compileConfig(cases['behind-balancer'], 'platform.config.ts');
const path = 'nodes/lund-1/apply.sh';
const ours = '    ip saddr { 10.0.1.0/24 } tcp dport { 80 } accept\n';

function found(from: string, to: string): string[] {
  const files = new Map(artifacts.map((artifact) => [artifact.path, artifact.text]));
  const text = files.get(path) ?? '';
  expect(text).toContain(from);
  const [dist, problems] = readDist(files.set(path, text.replace(from, to)));
  if (dist === undefined) throw new Error(JSON.stringify(problems));
  return socketsAsDeclared.check(dist).map(({ code, message }) => `${code}: ${message}`);
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
