import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Dist, DistNode } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { memoryBounded } from '../../../../src/verify/rules/gateway/memory-bounded.ts';
import { cases } from '../../../cases/index.ts';

const unit = '/etc/systemd/system/nginx.service.d/fjord.conf';

function distOf(name: string): Dist {
  const { artifacts } = compileConfig(cases[name], 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

const good = distOf('reference');

function withNodes(change: (node: DistNode) => Partial<DistNode>): Dist {
  return { ...good, nodes: good.nodes.map((node) => ({ ...node, ...change(node) })) };
}

/** The platform with other words in what nginx reads. */
function conf(from: RegExp, to: string): Dist {
  return withNodes(({ nginx }) => {
    const text = JSON.stringify(nginx);
    if (!from.test(text)) throw new Error(`nothing to change: ${from}`);
    return { nginx: JSON.parse(text.replaceAll(from, to)) };
  });
}

/** The platform with another drop-in of nginx's unit; without one where it has no text. */
function dropIn(change: (text: string) => string | undefined): Dist {
  return withNodes(({ files }) => {
    const changed = new Map(files);
    const file = files.get(unit);
    if (file === undefined) throw new Error(`no ${unit}`);
    const text = change(file.text);
    if (text === undefined) changed.delete(unit);
    else changed.set(unit, { ...file, text });
    return { files: changed };
  });
}

const said = (dist: Dist): string =>
  memoryBounded
    .check(dist)
    .map(({ message }) => message)
    .join('\n');

describe('the memory of nginx', () => {
  it.each(Object.keys(cases))('is bounded in %s', (name) => expect(said(distOf(name))).toBe(''));

  it.each([
    ['no limit of systemd', dropIn(() => undefined), 'systemd does not limit the memory of nginx on '],
    [
      'a limit without a number',
      dropIn((text) => text.replace(/MemoryMax=\d+/, 'MemoryMax=infinity')),
      'systemd does not limit the memory of nginx on ',
    ],
    [
      'more than half of the node',
      dropIn((text) => text.replace(/MemoryMax=\d+/, 'MemoryMax=99999999999')),
      'systemd lets nginx have 99999999999',
    ],
    [
      'more connections than fit',
      conf(/("worker_connections","args":\[")\d+/g, '$165535'),
      'clients can make nginx take',
    ],
    [
      'larger buffers than fit',
      conf(/("proxy_buffers","args":\[")\d+/g, '$11024'),
      'clients can make nginx take',
    ],
    [
      'larger headers than fit',
      conf(/("large_client_header_buffers","args":\[")\d+/g, '$11000'),
      'clients can make nginx take',
    ],
    [
      'requests that nothing bounds',
      conf(/("limit_conn","args":\["openfaas_)requests/g, '$1conn'),
      'nothing bounds how many requests',
    ],
  ])('is not bounded by %s', (_, dist, problem) => expect(said(dist)).toContain(problem));
});
