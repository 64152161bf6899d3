import { expect, it } from 'vitest';
import type { Node } from '../../../src/platform/nodes/node.ts';
import { modulesFor } from '../../../src/renderers/node-files/system-files.ts';

const nodeWith = (settings: Readonly<Record<string, string>>): Node =>
  ({
    sysctls: Object.entries(settings).map(([key, value]) => ({ key, value, reason: '' })),
  }) as unknown as Node;

it.each([
  [{ 'net.core.default_qdisc': 'fq', 'net.ipv4.tcp_congestion_control': 'bbr' }, ['sch_fq', 'tcp_bbr']],
  [{ 'net.core.default_qdisc': 'pfifo_fast', 'net.ipv4.tcp_congestion_control': 'cubic' }, []],
  [{ 'net.netfilter.nf_conntrack_max': '1', 'net.nf_conntrack_max': '1' }, ['nf_conntrack']],
  [{ 'vm.swappiness': '1' }, []],
])('%j needs %j', (settings, modules) => expect(modulesFor(nodeWith(settings))).toEqual(modules));
